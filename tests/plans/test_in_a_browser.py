"""The screens of the plan in a browser: accessible, never wider than the window, and whole without JavaScript."""

import pytest

from tests import cast
from tests.plans import making
from tests.risk.assessing import assess
from wida.demo.organisations import PASSWORD
from wida.plans.models import Action, SafetyPlanOpening


@pytest.fixture
def living(transactional_db):
    """A plan with gaps, actions that are late, a safety plan and a log, seen by the server of the browser."""
    from wida.records.sealing import keyring

    with keyring(trusted=True):
        cast.organisations()
        dossier = making.family_in()
        assess(making.POLICE, dossier, geweld_keel="aanwezig", middelen="vermoeden", escalatie="afwezig")
        goal = making.new_goal(dossier, factors=["geweld_keel"])
        making.new_action(dossier, what="Gesprek op school", goal=str(goal.pk), due_on=making.day(-3))
        making.new_action(
            dossier, what="Plaats zoeken", goal=str(goal.pk), holder=making.nobody_at(making.VK)
        )
        making.post(
            making.MANAGER,
            "add_entry",
            dossier,
            **making.sent(kind="verslag", on=making.day(), text="Tweede gesprek."),
        )
        making.new_safety_plan(dossier, making.MANAGER)
        yield dossier


def sign_in(page, login: str) -> None:
    page.goto("/accounts/login/")
    page.fill("[name=login]", login)
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")


def screens(dossier) -> list[str]:
    action = Action.objects.filter(dossier=dossier).exclude(goal=None).first()
    return [
        making.url("plan", dossier),
        making.url("plan", dossier) + "?view=organisation",
        making.url("plan", dossier) + "?view=date",
        making.url("execution", dossier),
        making.url("extract", dossier, making.person(dossier, "Kelly")),
        making.url("add_goal", dossier),
        making.url("close_goal", dossier, action.goal_id),
        making.url("add_action", dossier),
        making.url("update_action", dossier, action.pk),
        making.url("add_safety_plan", dossier),
        making.url("add_entry", dossier),
        making.url("add_signal", dossier),
    ]


def test_screens_have_no_fault_and_never_scroll_sideways(page, living, faults):
    sign_in(page, making.MANAGER)

    for address in screens(living):
        page.goto(address)
        for width in (1440, 390, 320):
            page.set_viewport_size({"width": width, "height": 900})
            for summary in page.locator("main details:not([open]) > summary").all():
                if summary.is_visible():
                    summary.click()
            assert (address, width, faults(page, width)) == (address, width, [])
            assert page.evaluate("document.documentElement.scrollWidth") <= width, address


def test_gap_is_closed_without_javascript(page_without_scripts, living):
    page = page_without_scripts
    sign_in(page, making.MANAGER)
    page.goto(making.url("plan", living))
    gap = page.locator(".gap-box li", has_text="Middelenmisbruik")

    gap.get_by_role("link", name="Doel toevoegen").click()
    page.get_by_role("button", name="Doel toevoegen").click()
    assert page.locator("#error-summary li").count() == 5
    page.get_by_label("Leefdomein").select_option("middelengebruik")
    page.get_by_role("radio", name="Hulp bij de oorzaken").check()
    page.get_by_label("Wat moet er waar worden?").fill("Youri drinkt niet.")
    page.get_by_label("Dit lukt als").fill("Negatieve tests.")
    page.get_by_role("group", name="Voor wie?").get_by_label("Youri Aerdman").check()
    page.get_by_role("button", name="Doel toevoegen").click()

    assert page.url.endswith("/plan/#goal-2")
    assert page.locator(".gap-box li", has_text="Middelenmisbruik").count() == 0
    assert page.locator("#goal-2").get_by_role("link", name="Middelenmisbruik").count() == 1


def test_partner_accepts_and_safety_plan_opens_with_a_reason_without_javascript(page_without_scripts, living):
    page = page_without_scripts
    sign_in(page, making.CAW)
    page.goto(making.url("plan", living))

    page.get_by_role("button", name="Aanvaarden Gesprek op school").click()
    assert page.get_by_role("button", name="Aanvaarden Gesprek op school").count() == 0
    page.get_by_role("link", name="Openen met reden Plan Kwikstaart").click()
    page.get_by_label("Reden").fill("Noodoproep.")
    page.get_by_role("button", name="Veiligheidsplan openen").click()

    assert "Merelplein" in page.inner_text("main")
    assert SafetyPlanOpening.objects.count() == 1
