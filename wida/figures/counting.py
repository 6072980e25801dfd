"""How each figure is counted. One definition, in SQL, for the count that is kept and for the one that checks it.

A referral counts once, in the month in which it was submitted, at the house that has the dossier now; a second one of
the same family counts again. Consults (tracks 0 and 1) are conversations, not families: they are counted apart.
"""

DAY = "at time zone 'Europe/Brussels'"

REFERRED = f"""
    select d.id, d.safe_home_id, date_trunc('month', d.submitted_at {DAY})::date as month,
        d.stage, d.track, d.colour, d.closure_reason, o.type as referrer,
        case when d.opened_at is not null then 'opgenomen'
            when d.stage = 'afgesloten' then 'niet_opgenomen' else 'in_behandeling' end as admitted,
        (d.opened_at {DAY})::date - (d.submitted_at {DAY})::date as to_opening,
        (d.closed_at {DAY})::date - (d.opened_at {DAY})::date as to_closing,
        coalesce(c.children, 0) as children
    from public.dossiers_dossier d
    join public.accounts_organisation o on o.id = d.organisation_id
    left join (
        select p.dossier_id, count(*) as children from public.people_person p
        where p."group" = 'kind' and not p.unborn and p.withdrawn_at is null
        group by p.dossier_id
    ) c on c.dossier_id = d.id
    where d.submitted_at is not null
"""

# The last assessment that stands tells which factors are present.
ASSESSED = """
    select distinct on (a.dossier_id) a.id, a.dossier_id from public.risk_assessment a
    where a.withdrawn_at is null
    order by a.dossier_id, a.assessed_on desc, a.created_at desc, a.id desc
"""

COUNT = f"""
    with referred as materialized ({REFERRED})
    select r.safe_home_id, r.month, m.measure, m.value, count(*)::int as dossiers, sum(m.amount)::bigint as amount
    from referred r, lateral (values
        ('aanmeldingen', '', 0),
        ('opname', r.admitted, 0),
        ('aanmelder', r.referrer, 0),
        ('fase', r.stage, 0),
        ('spoor', nullif(r.track, ''), 0),
        ('kleur', nullif(r.colour, ''), 0),
        ('minderjarigen', case when r.children > 0 then 'ja' else 'nee' end, r.children),
        ('afronding', nullif(r.closure_reason, ''), 0),
        ('doorlooptijd', case when r.to_opening >= 0 then 'tot_opening' end, r.to_opening),
        ('doorlooptijd', case when r.to_closing >= 0 then 'tot_afronding' end, r.to_closing)
    ) as m(measure, value, amount)
    where m.value is not null
    group by 1, 2, 3, 4
    union all
    select r.safe_home_id, r.month, 'risicofactor', f.code, count(*)::int, 0::bigint
    from referred r
    join ({ASSESSED}) a on a.dossier_id = r.id
    join public.risk_factorscore f on f.assessment_id = a.id and f.present = 'aanwezig' and f.withdrawn_at is null
    group by 1, 2, 3, 4
"""
