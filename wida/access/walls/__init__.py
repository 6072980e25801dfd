"""The second wall: PostgreSQL itself refuses what the application forgot to filter.

`tables` declares which wall stands around each table; `kinds` says in SQL what a wall lets through; `functions` are the
few doors in it; `roles` are the accounts of the database; `build` puts it all up; `identity` says who asks.
"""
