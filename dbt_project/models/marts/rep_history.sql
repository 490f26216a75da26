with calls as (
    select * from {{ ref('stg_lake__calls') }}
    -- Calls whose facts name no rep are asked about; they are nobody's.
    where source = 'live' and started_at is not null and rep_id != 'unknown'
),

days as (
    select
        rep_id,
        cast(started_at as date) as called_on,
        coalesce(arg_max(rep_name, row(started_at, call_id)), rep_id) as rep_name,
        arg_max(team_id, row(started_at, call_id)) as team_id
    from calls
    group by rep_id, called_on
),

compared as (
    select
        *,
        lag(rep_name) over (partition by rep_id order by called_on) as rep_name_before,
        lag(team_id) over (partition by rep_id order by called_on) as team_id_before
    from days
),

final as (
    select
        rep_id,
        rep_name,
        team_id,
        called_on as valid_from,
        cast(lead(called_on) over later - interval 1 day as date) as valid_to,
        lead(called_on) over later is null as is_current
    from compared
    where rep_name is distinct from rep_name_before or team_id is distinct from team_id_before
    window later as (partition by rep_id order by called_on)
)

select * from final
