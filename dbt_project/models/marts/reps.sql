with calls as (
    select * from {{ ref('stg_lake__calls') }}
    -- Calls whose facts name no rep are asked about; they are nobody's.
    where source = 'live' and started_at is not null and rep_id != 'unknown'
),

reps as (
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
),

-- Two reps of one name can be told apart wherever they are picked.
told_apart as (
    select
        *,
        case when count(*) over (partition by rep_name) > 1 then rep_name || ' (' || rep_id || ')' else rep_name end
            as shown_name
    from reps
),

final as (
    select
        rep_id,
        -- A name may be written as another two are told apart: "Ana (r1)".
        case
            when count(*) over (partition by shown_name) > 1 then shown_name || ' [' || rep_id || ']' else shown_name
        end as rep_name,
        team_id,
        rep_hired_on,
        first_call_on,
        last_call_on,
        scored_call_count
    from told_apart
)

select * from final
