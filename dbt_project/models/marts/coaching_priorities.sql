with weeks as (
    select * from {{ ref('int_priority_weeks') }}
),

recent_weeks as (
    select * from {{ ref('int_recent_weeks') }}
    where weeks_back < 4
),

criteria as (
    select * from {{ ref('stg_lake__rubric_criteria') }}
    where is_in_force
),

evidence as (
    select * from {{ ref('int_recent_evidence') }}
),

signals as (
    select * from {{ ref('int_rep_recent_signals') }}
),

latest as (
    select weeks.*
    from recent_weeks
    inner join weeks on recent_weeks.week_start_on = weeks.week_start_on
    qualify row_number() over (
        partition by weeks.rep_id, weeks.rubric_id, weeks.criterion_id
        order by weeks.week_start_on desc, weeks.team_id asc
    ) = 1
),

ranked as (
    select
        latest.*,
        criteria.target_value,
        criteria.told_signal,
        -- The signals whose targets people know in their own unit: a share of statements, hedges a call.
        case criteria.told_signal
            when 'interrupted_share' then signals.interrupted_share
            when 'hedges_per_call' then signals.hedges_per_call
        end as signal_value,
        row_number() over (
            partition by latest.rep_id order by latest.priority desc, latest.criterion_id asc, latest.rubric_id asc
        ) as priority_rank
    from latest
    left join criteria on latest.rubric_id = criteria.rubric_id and latest.criterion_id = criteria.criterion_id
    left join signals on latest.rep_id = signals.rep_id
    where latest.gap_to_target > 0
),

moments as (
    select
        rep_id,
        rubric_id,
        criterion_id,
        -- Among equally sure moments (to a tenth) one that can be heard: a coach and a rep settle what was said by ear.
        list(
            {{ moment('evidence') }}
            order by rank_in_call asc, {{ surest_heard_first('evidence') }}
        ) filter (where level = 'poor')[1:3] as moments_to_discuss,
        list(
            {{ moment('evidence') }}
            order by rank_in_call asc, {{ surest_heard_first('evidence') }}
        ) filter (where level = 'good')[1] as moment_to_keep
    from evidence
    group by all
),

final as (
    select
        ranked.rep_id,
        ranked.team_id,
        ranked.rubric_id,
        ranked.criterion_id,
        ranked.criterion_name,
        ranked.priority_rank,
        ranked.priority,
        ranked.mean_score,
        ranked.target_score,
        ranked.gap_to_target,
        ranked.call_count,
        ranked.opportunity_count,
        ranked.weight,
        ranked.association_factor,
        ranked.associated_outcome,
        ranked.certainty,
        ranked.trend_factor,
        ranked.change_4_weeks,
        ranked.is_deteriorating,
        case when ranked.signal_value is not null then ranked.told_signal end as signal,
        ranked.signal_value,
        case when ranked.signal_value is not null then ranked.target_value end as signal_target,
        case
            when ranked.is_deteriorating then 'deteriorating'
            when ranked.change_4_weeks <= -5 then 'falling'
            when ranked.change_4_weeks >= 5 then 'rising'
            else 'below_target'
        end as reason_code,
        moments.moments_to_discuss,
        moments.moment_to_keep
    from ranked
    left join moments
        on
            ranked.rep_id = moments.rep_id
            and ranked.rubric_id = moments.rubric_id
            and ranked.criterion_id = moments.criterion_id
)

select * from final
