"""The kinds of wall, in SQL: which rows somebody may see and write, from who they said they are.

Conditions that don't depend on the row stand in a sub-select, so that PostgreSQL answers them once per statement.
"""

from typing import NamedTuple

from wida.accounts.codes import CONTENT_ROLES, HOUSE_ROLES, TEAM_ROLES, Role
from wida.dossiers.codes import Stage
from wida.referrals.codes import WaitsFor

SYSTEM = "systeem"


class Wall(NamedTuple):
    """What stands around a table. `see` and `write` are conditions in SQL, None where there is no wall;
    `may` is what the application's account is granted at all; `house` what a worker may do to every row when the
    house itself acts: codes and dates, never the key of a dossier that it didn't open.
    """

    see: str | None
    write: str | None
    may: str = "select, insert, update"
    house: str = ""

    def only(self, may: str) -> "Wall":
        return self._replace(may=may)


def _setting(name: str, kind: str) -> str:
    return f"(select nullif(current_setting('wida.{name}', true), '')::{kind})"


def _among(values) -> str:
    return "any (array[" + ", ".join(f"'{value}'" for value in sorted(values)) + "])"


ME = _setting("actor", "uuid")
ORGANISATION = _setting("organisation", "uuid")
ROLE = _setting("role", "text")
HOUSE = _setting("house", "uuid")
OPENED = f"any ({_setting('opened', 'uuid[]')}::uuid[])"
TODAY = "(select (now() at time zone 'Europe/Brussels')::date)"

MANDATED = f"""exists (
    select from public.access_mandate m
    where m.dossier_id = dossiers_dossier.id and m.holder_id = {ME} and m.holder_organisation_id = {ORGANISATION}
    and m.ended_at is null and m.withdrawn_at is null
    and m.since <= {TODAY} and (m.until is null or m.until >= {TODAY})
    and (m.expires_at is null or m.expires_at > now())
)"""

# Which dossiers are for a smaller circle, and from which the asker is kept out, doors of `functions` answer, once in a
# statement: sub-selects would bring the walls of their tables into every plan.
OF_MY_HOUSE = f"""(
    {ROLE} = {_among(HOUSE_ROLES)} and safe_home_id = {HOUSE}
    and (stage <> '{Stage.BUILDING}' or organisation_id = {ORGANISATION})
    and id <> all ((select wida.of_small_circle())::uuid[])
)"""

# A block of an organisation holds for whoever works there, also while they act for another one.
WHOM_I_AM = f"""(
    user_id = {ME} or blocked_organisation_id in (
        select w.organisation_id from accounts_membership w
        where w.user_id = {ME} and w.valid_from <= {TODAY} and (w.valid_until is null or w.valid_until >= {TODAY})
    )
)"""

KEEPS_ME_OUT = f"all ((select wida.kept_from({ME}))::uuid[])"

# The same as `access.queries.known_to`, and decided apart from it.
KNOWN = f"""(
    {ROLE} = {_among(CONTENT_ROLES)} and destroyed_at is null and ({OF_MY_HOUSE} or {MANDATED})
    and id <> {KEEPS_ME_OUT}
)"""

IN_OPENED = f"dossier_id = {OPENED}"
# To the house itself every dossier shows; what stands in one only after it was opened.
IN_KNOWN = f"""(
    {IN_OPENED}
    or ({ROLE} is distinct from '{SYSTEM}' and exists (select from dossiers_dossier d where d.id = dossier_id))
)"""
MINE = f'"user" = {ME}'

# Around a dossier: known, or opened in this transaction (also by the step that ended the asker's own mandate).
DOSSIER = Wall(f"(id = {OPENED} or {KNOWN})", f"(id = {OPENED} or {KNOWN})", house="select, update")
# A key is asked for one dossier or a page of them, so a door answers for each.
KEY = Wall(
    f"({IN_OPENED} or ({ROLE} is distinct from '{SYSTEM}' and wida.knows(dossier_id)))",
    IN_OPENED,
    "select, insert",
)
MANDATE = Wall(f"({IN_OPENED} or holder_id = {ME})", IN_OPENED, house="select, update")
# That a file is extra protected must be seen to decide who knows of it; it names the file by its id and nothing else.
PROTECTION = Wall(f"({IN_OPENED} or {ME} is not null)", IN_OPENED)
# Whether somebody may be family is for the coordinator, and for the question that is put to them.
PROPOSAL = Wall(
    f"(user_id = {ME} or {ROLE} = '{Role.COORDINATOR}' and {IN_KNOWN})", f"(user_id = {ME} or {IN_OPENED})"
)
# Written while somebody signs in, before anybody asks anything.
OWN_NUMBER = Wall(f"(user_id = {ME} or {ME} is null)", f"({ME} is null)", "select, insert, delete")
BLOCK = Wall(f"({IN_OPENED} or {WHOM_I_AM})", IN_OPENED, house="select")

# A part of a dossier shows only when that dossier was opened in this transaction.
FILE = Wall(IN_OPENED, IN_OPENED)
# Rows that lists read across dossiers show for each dossier the asker knows of.
LISTED = Wall(IN_KNOWN, IN_OPENED)
# Rows that a meeting of the house moves or ends across its dossiers.
ACROSS = Wall(IN_KNOWN, IN_KNOWN, house="select, insert, update")
NOTICE = Wall(
    "exists (select from dossiers_task t where t.id = task_id)",
    "exists (select from dossiers_task t where t.id = task_id)",
    house="select, insert, update",
)

MEETING = Wall(
    f"(safe_home_id = {HOUSE} or exists (select from meetings_agendaitem i where i.meeting_id = meetings_meeting.id))",
    f"safe_home_id = {HOUSE}",
)
# The staff of the house handle it; whoever refers makes it, and reads back what became of it. A move makes a row at the
# other house, which only the house of the dossier may offer. What came in shows no further than its dossier does; of a
# returned referral the house knows that it waits. What was offered stands in no dossier yet, so a door tells of it.
AT_HOUSE = f"({ROLE} = {_among(HOUSE_ROLES)} and safe_home_id = {HOUSE})"
SENT = f"(sender_id = {ORGANISATION} and {ME} is not null)"
OF_NO_BLOCKED = f"""(
    id <> all ((select wida.offers_kept_from({ME}))::uuid[])
    and (dossier_id is null or dossier_id <> {KEEPS_ME_OUT})
)"""
SHOWS_AT_HOUSE = f"""(
    {AT_HOUSE} and (
        dossier_id is null or waits_for = '{WaitsFor.COMPLETION}'
        or exists (select from dossiers_dossier d where d.id = dossier_id)
    )
)"""
CAME_IN = f"({IN_OPENED} or ({SHOWS_AT_HOUSE} or {SENT}) and {OF_NO_BLOCKED})"
INFLOW = Wall(CAME_IN, CAME_IN, house="select, insert, update")
# A report waits outside any house until somebody of one in which its sender takes part, or who keeps the zones, says
# where it goes. Its sender may ask for its receipt.
TAKES_PART = f"""exists (
    select from accounts_partnership p where p.organisation_id = api_policereport.organisation_id
    and p.safe_home_id = {HOUSE} and p.valid_from <= {TODAY} and (p.valid_until is null or p.valid_until >= {TODAY})
)"""
PLACES = f"""(
    {ROLE} = '{Role.FUNCTIONAL_ADMIN}' or {ROLE} = {_among(HOUSE_ROLES)} and {TAKES_PART}
)"""
OF_SENDER = f"(organisation_id = {ORGANISATION} and {ROLE} = '{Role.CONNECTION}')"
REPORT = Wall(f"({OF_SENDER} or inflow_id is null and {PLACES})", f"({OF_SENDER} or {PLACES})")
WITH_INFLOW = "exists (select from referrals_inflow i where i.id = inflow_id)"
OF_INFLOW = Wall(WITH_INFLOW, WITH_INFLOW, house="select, insert")
OFFERED_ME = f"(to_home_id = {HOUSE} and {ROLE} = {_among(HOUSE_ROLES)} and dossier_id <> {KEEPS_ME_OUT})"
MOVE = Wall(f"({IN_KNOWN} or {OFFERED_ME})", f"({IN_OPENED} or {OFFERED_ME})")
SIGNAL = Wall(
    f"(safe_home_id = {HOUSE} or {ROLE} = '{Role.CENTRAL_TEAM}')",
    "exists (select from dossiers_dossier d"
    f" where d.id = {OPENED} and d.safe_home_id = plans_policysignal.safe_home_id)",
    "select, insert",
)
# Counted by the house itself, read by the central team, and by a house of its own dossiers.
FIGURE = Wall(
    f"(safe_home_id = {HOUSE} or {ROLE} = '{Role.CENTRAL_TEAM}')",
    "false",
    "select, insert, delete",
    house="select, insert, delete",
)
EVENT = Wall(
    f"({MINE} or dossier = {OPENED} or {ROLE} = '{Role.AUDITOR}'"
    f" or {ROLE} = '{Role.COORDINATOR}' and exists (select from dossiers_dossier d where d.id = dossier))",
    f'("user" is null or {ME} is null or {MINE})',
    "select, insert",
    house="select",
)
# Everybody may read until when the trail is sealed; only the house itself seals.
SEAL = Wall("true", "false", "select, insert", house="select, insert")
OF_HOUSE_STAFF = f"({ROLE} = {_among(HOUSE_ROLES)} and safe_home_id = {HOUSE})"
DECLARATION = Wall(
    f"({OF_HOUSE_STAFF} or {ROLE} = '{Role.AUDITOR}')",
    OF_HOUSE_STAFF,
    "select, insert, update (approved_by, approved_signature, approved_at)",
    house="select",
)
# Tracks 0 and 1, for who notes them in the house. What was noted only changes by being taken back.
OF_HOUSE_TEAM = f"({ROLE} = {_among(HOUSE_ROLES | TEAM_ROLES)} and safe_home_id = {HOUSE})"
NOTED = Wall(
    OF_HOUSE_TEAM,
    OF_HOUSE_TEAM,
    "select, insert, update (withdrawn_on, withdrawn_by)",
    house="select",
)
OWN = Wall(MINE, MINE)

# What somebody typed and did not save is their organisation's, also for who opened the same dossier.
DRAFT = Wall(
    f"(organisation_id = {ORGANISATION} and (author_id = {ME} or dossier_id is not null)"
    f" and (dossier_id is null or {IN_KNOWN}))",
    f"(author_id = {ME} and organisation_id = {ORGANISATION} and (dossier_id is null or {IN_KNOWN}))",
    "select, insert, update, delete",
    house="select, delete",
)
# Who is typing in a part, for the others in it.
PRESENCE = Wall(IN_OPENED, IN_OPENED, "select, insert, update, delete", house="select, delete")

# Nothing of any family stands in these: there is no wall, only what the application may do.
OPEN = Wall(None, None, "select")
NOBODY = Wall(None, None, "")

ADDED = "select, insert"
KEPT = "select, insert, update"
REPLACED = "select, insert, update, delete"
