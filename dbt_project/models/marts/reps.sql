with calls as (
    select * from {{ ref('stg_lake__calls') }}
    where source = 'live' and started_at is not null
),

final as (
    select
        rep_id,
        coalesce(arg_max(rep_name, row(started_at, call_id)), rep_id) as rep_name,
        arg_max(team_id, row(started_at, call_id)) as team_id,
        max(rep_hired_on) as rep_hired_on,
        min(cast(started_at as date)) as first_call_on,
        max(cast(started_at as date)) as last_call_on,
        count(*) filter (where is_scored) as scored_call_count
    from calls
    group by rep_id
)

select * from final
