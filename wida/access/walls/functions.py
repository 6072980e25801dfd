"""The doors in the wall: functions of the account `wida_guard`, which sees more than who asks, and answers little.

They stand in a schema of their own, with a pinned search path, and touch nothing but what `TOUCHES` names.
"""

from wida.access.walls.kinds import KNOWN, ME
from wida.figures.counting import COUNT

TOUCHES = {
    "dossiers_dossier": "select,"
    " update (destroyed_at, safe_home_id, police_zone_id, case_manager_id, next_due, next_kind)",
    "dossiers_task": "select, update (due, done_at, done_by)",
    "meetings_meeting": "select",
    "meetings_agendaitem": "select",
    "meetings_invitee": "select",
    "dossiers_dossierkey": "select, delete",
    "people_persontoken": "select, delete",
    "closure_destruction": "select, update (destroyed_at)",
    "access_conflictblock": "select",
    "access_extraprotection": "select",
    "access_mandate": "select",
    "access_usertoken": "select",
    "access_blockproposal": "select (dossier_id, user_id, declared, accepted)",
    "audit_event": 'select (at, action, "user", dossier)',
    "accounts_membership": "select",
    "referrals_move": "select",
    "referrals_inflow": "select, update (wrapped)",
    "accounts_organisation": "select (id, type)",
    "people_person": 'select (dossier_id, "group", unborn, withdrawn_at)',
    "risk_assessment": "select (id, dossier_id, assessed_on, created_at, withdrawn_at)",
    "risk_factorscore": "select (assessment_id, code, present, withdrawn_at)",
}

TODAY = "(now() at time zone 'Europe/Brussels')::date"

# Block `b` holds for the asker, also while they act for another organisation.
HOLDS = f"""b.withdrawn_at is null and (
                    b.user_id = asker
                    or b.blocked_organisation_id in (
                        select w.organisation_id from public.accounts_membership w
                        where w.user_id = asker
                        and w.valid_from <= {TODAY} and (w.valid_until is null or w.valid_until >= {TODAY})
                    )
                )"""
KEPT_OUT = f"exists (select from public.access_conflictblock b where b.dossier_id = d.id and {HOLDS})"

PINNED = "security definer set search_path = pg_catalog, pg_temp"
SAFELY = f"stable {PINNED}"

FUNCTIONS = {
    # How many dossiers there are of each kind, in each month and house: numbers alone, of all of them.
    # Its body stays text: PostgreSQL writes a long parsed one a little differently after each restore.
    "wida.count_figures()": f"""
        create or replace function wida.count_figures()
        returns table (safe_home uuid, month date, measure text, value text, dossiers int, amount bigint)
        language sql {SAFELY}
        as $count${COUNT}$count$
    """,
    # What the wall around dossiers asks once in a statement. In PL/pgSQL, which keeps the plan.
    "wida.of_small_circle()": f"""
        create or replace function wida.of_small_circle() returns uuid[] language plpgsql {SAFELY}
        as $$ begin
            return array(select x.dossier_id from public.access_extraprotection x where x.withdrawn_at is null);
        end $$
    """,
    "wida.kept_from(uuid)": f"""
        create or replace function wida.kept_from(asker uuid) returns uuid[] language plpgsql {SAFELY}
        as $$ begin
            return array(select b.dossier_id from public.access_conflictblock b where {HOLDS});
        end $$
    """,
    # Whether the asker may know of a dossier.
    "wida.knows(uuid)": f"""
        create or replace function wida.knows(file uuid) returns boolean language plpgsql {SAFELY}
        as $$ begin
            return exists (select from public.dossiers_dossier where id = file and {KNOWN});
        end $$
    """,
    # The tokens that the asker shares with somebody in a file they know of, until they were asked about it; and how
    # many other files than this one they read this hour, none when they read it too. Both are asked at each opening,
    # whose plan the walls of four tables would make three times as large.
    "wida.shared_tokens(uuid, bigint[])": f"""
        create or replace function wida.shared_tokens(file uuid, sounding bigint[]) returns bigint[]
        language plpgsql {SAFELY} as $$
        declare shared bigint[];
        begin
            shared := array(
                select t.token from public.people_persontoken t where t.dossier_id = file and t.token = any (
                    sounding || array(select u.token from public.access_usertoken u where u.user_id = {ME})
                )
            );
            if shared = '{{}}' or exists (
                select from public.access_blockproposal p
                where p.dossier_id = file and p.user_id = {ME} and (p.accepted is not null or p.declared <> '')
            ) or not wida.knows(file) then
                return '{{}}';
            end if;
            return shared;
        end $$
    """,
    "wida.files_read(uuid)": f"""
        create or replace function wida.files_read(file uuid) returns int language plpgsql {SAFELY}
        as $$ begin
            return (
                select case when bool_or(e.dossier = file) then 0 else count(distinct e.dossier) end
                from public.audit_event e
                where e."user" = {ME} and e.action = 'read' and e.at > now() - interval '1 hour'
            );
        end $$
    """,
    # Whom a stranger was looking for: for the trail of a refusal alone.
    "wida.sought(text)": f"""
        create or replace function wida.sought(wanted text) returns uuid language sql {SAFELY}
        return (select id from public.dossiers_dossier where number = wanted)
    """,
    # The other Safe Homes where one of these tokens stands, for a coordinator to phone. Not from drafts, which no
    # house knows of yet, nor from a dossier that whoever asks is kept out of.
    "wida.homes_where_known(bigint[], uuid, uuid)": f"""
        create or replace function wida.homes_where_known(tokens bigint[], asker uuid, house uuid) returns setof uuid
        language sql {SAFELY}
        begin atomic
            select distinct d.safe_home_id
            from public.dossiers_dossier d
            where d.id in (select t.dossier_id from public.people_persontoken t where t.token = any (tokens))
            and d.safe_home_id <> house
            and d.stage <> 'opbouw'
            and not {KEPT_OUT};
        end
    """,
    # Who shares most with somebody, in other dossiers that whoever asks knows of: no other rows than the wall around
    # tokens shows, but the best alone are looked at closely. A common name is shared by thousands. In PL/pgSQL, which
    # keeps the plan.
    "wida.alike(bigint[], int[], uuid, int)": f"""
        create or replace function wida.alike(tokens bigint[], worths int[], but uuid, most int)
        returns table (person uuid, dossier uuid) language plpgsql {SAFELY}
        as $$ begin
            return query select s.person_id, s.dossier_id
            from (
                select t.person_id, t.dossier_id, sum(a.worth) as worth
                from unnest(tokens, worths) a(token, worth)
                join public.people_persontoken t on t.token = a.token
                where t.dossier_id is distinct from but
                group by t.person_id, t.dossier_id
                order by worth desc, t.person_id
            ) s
            where exists (select from public.dossiers_dossier where id = s.dossier_id and {KNOWN})
            order by s.worth desc, s.person_id
            limit most;
        end $$
    """,
    # The file that a coordinator may reach in an emergency: no draft, none they are kept out of or stand in themselves.
    "wida.behind_glass(text, uuid)": f"""
        create or replace function wida.behind_glass(wanted text, asker uuid) returns uuid language sql {SAFELY}
        begin atomic
            select d.id from public.dossiers_dossier d
            where d.number = wanted and d.stage <> 'opbouw' and not {KEPT_OUT}
            and not exists (
                select from public.people_persontoken t
                join public.access_usertoken u on u.token = t.token
                where t.dossier_id = d.id and u.user_id = asker
            );
        end
    """,
    # What came in by an offer of a dossier that whoever asks is kept out of.
    "wida.offers_kept_from(uuid)": f"""
        create or replace function wida.offers_kept_from(asker uuid) returns uuid[] language sql {SAFELY}
        begin atomic
            select array(
                select m.inflow_id from public.referrals_move m
                join public.dossiers_dossier d on d.id = m.dossier_id where {KEPT_OUT}
            );
        end
    """,
    # A dossier that was offered becomes the house's of who accepts it: until then they can't see it.
    "wida.take_over(uuid, uuid, uuid)": f"""
        create or replace function wida.take_over(offer uuid, asker uuid, house uuid) returns uuid language sql {PINNED}
        begin atomic
            update public.dossiers_dossier d
            set safe_home_id = m.to_home_id, police_zone_id = null, case_manager_id = null
            from public.referrals_move m
            where m.id = offer and m.state = 'aangeboden' and m.withdrawn_at is null and m.to_home_id = house
            and d.id = m.dossier_id and d.safe_home_id = m.from_home_id and d.stage <> 'afgesloten'
            and not {KEPT_OUT}
            returning d.id;
        end
    """,
    # A meeting of the house moves, or doesn't take place: so do the tasks of whoever was invited, in every dossier.
    # Dossiers are held first and in order, as by every other writer of them.
    "wida.settle_meeting(uuid, uuid, date, text)": f"""
        create or replace function wida.settle_meeting(moved uuid, house uuid, day date, who text) returns void
        language plpgsql {PINNED} as $$
        declare held uuid[];
        begin
            held := array(
                select d.id from public.dossiers_dossier d where d.id in (
                    select a.dossier_id from public.meetings_agendaitem a
                    join public.meetings_meeting m on m.id = a.meeting_id
                    where m.id = moved and m.safe_home_id = house
                ) order by d.id for no key update
            );
            update public.dossiers_task t
            set due = coalesce(day, due), done_at = case when day is null then now() end,
                done_by = case when day is null then who else '' end
            where t.dossier_id = any (held) and t.kind = 'overleg' and t.done_at is null and t.source in (
                select i.id from public.meetings_invitee i join public.meetings_agendaitem a on a.id = i.item_id
                where a.meeting_id = moved and i.withdrawn_at is null
            );
            update public.dossiers_dossier d set (next_due, next_kind) = (
                select t.due, t.kind from public.dossiers_task t
                where t.dossier_id = d.id and t.done_at is null order by t.due, t.id limit 1
            ) where d.id = any (held);
        end $$
    """,
    # The only way to delete a key: its time is over, and two people of its house agreed, the second of whom asks.
    "wida.destroy(uuid)": f"""
        create or replace function wida.destroy(declaration uuid) returns void language plpgsql {PINNED} as $$
        declare agreed public.closure_destruction;
        begin
            select * into strict agreed from public.closure_destruction where id = declaration for update;
            if agreed.destroyed_at is not null or agreed.approved_by is null
                or agreed.approved_by = agreed.proposed_by
                or agreed.approved_by <> nullif(current_setting('wida.actor', true), '')::uuid
                or not exists (
                    select from public.dossiers_dossier d where d.id = agreed.dossier and d.stage = 'afgesloten'
                    and d.safe_home_id = agreed.safe_home_id and d.retain_until < {TODAY}
                )
            then
                raise exception 'not agreed by two, or not yet time' using errcode = 'insufficient_privilege';
            end if;
            delete from public.dossiers_dossierkey where dossier_id = agreed.dossier;
            delete from public.people_persontoken where dossier_id = agreed.dossier;
            update public.referrals_inflow set wrapped = '' where dossier_id = agreed.dossier
                or id in (select m.inflow_id from public.referrals_move m where m.dossier_id = agreed.dossier);
            update public.dossiers_dossier set destroyed_at = now() where id = agreed.dossier;
            update public.closure_destruction set destroyed_at = now() where id = declaration;
        end $$
    """,
}
