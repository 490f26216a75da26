{{ config(materialized='table') }}

with call_scores as (
    select * from {{ ref('call_scores') }}
    where source = 'live' and score is not null
),

calls as (
    select * from {{ ref('calls') }}
    where source = 'live' and status = 'scored'
),

recent_weeks as (
    select * from {{ ref('int_recent_weeks') }}
    where weeks_back < 8
),

observed as (
    select
        call_scores.rubric_id,
        call_scores.criterion_id as measure,
        recent_weeks.weeks_back < 4 as is_recent,
        call_scores.score as amount
    from recent_weeks
    inner join call_scores on recent_weeks.week_start_on = call_scores.week_start_on
    union all
    select
        calls.rubric_id,
        'overall_score' as measure,
        recent_weeks.weeks_back < 4 as is_recent,
        calls.overall_score as amount
    from recent_weeks
    inner join calls on recent_weeks.week_start_on = calls.week_start_on
    where calls.overall_score is not null
    union all
    select
        calls.rubric_id,
        'csat' as measure,
        recent_weeks.weeks_back < 4 as is_recent,
        calls.csat as amount
    from recent_weeks
    inner join calls on recent_weeks.week_start_on = calls.week_start_on
    where calls.csat is not null
),

summed as (
    select
        rubric_id,
        measure,
        count(*) filter (where is_recent) as n_recent,
        count(*) filter (where not is_recent) as n_before,
        avg(amount) filter (where is_recent) as mean_recent,
        avg(amount) filter (where not is_recent) as mean_before,
        var_samp(amount) filter (where is_recent) / count(*) filter (where is_recent)
        + var_samp(amount) filter (where not is_recent) / count(*) filter (where not is_recent) as error_variance
    from observed
    group by all
),

final as (
    select
        rubric_id,
        measure,
        n_recent,
        n_before,
        mean_recent,
        mean_before,
        mean_recent - mean_before as change,
        mean_recent - mean_before - {{ normal_quantile() }} * sqrt(error_variance) as change_low,
        mean_recent - mean_before + {{ normal_quantile() }} * sqrt(error_variance) as change_high
    from summed
    where n_recent >= 20 and n_before >= 20
)

select * from final
