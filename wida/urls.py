"""The addresses. Each room lists its own; `/healthz` is answered by `wida.health` before any of these."""

urlpatterns = []
