{{ config(materialized='table') }}

with attempts as (
    select * from {{ ref('stg_lake__practice_attempts') }}
    where focus_criterion_id is not null
),

call_scores as (
    select * from {{ ref('call_scores') }}
    where source = 'live' and score is not null
),

recent_weeks as (
    select * from {{ ref('int_recent_weeks') }}
),

practised as (
    select
        rubric_id,
        focus_criterion_id as criterion_id,
        rep_id,
        min(started_at) as first_practised_at
    from attempts
    group by all
),

scores as (
    select
        call_scores.rubric_id,
        call_scores.criterion_id,
        call_scores.rep_id,
        call_scores.started_at,
        call_scores.score
    from recent_weeks
    inner join call_scores on recent_weeks.week_start_on = call_scores.week_start_on
    where
        call_scores.criterion_id in (select practised.criterion_id from practised)
),

reps as (
    select distinct
        rubric_id,
        criterion_id,
        rep_id
    from scores
),

-- A rep who practised is measured around their own first session; one who did not, around each of those dates.
compared as (
    select
        reps.rubric_id,
        reps.criterion_id,
        reps.rep_id,
        own.rep_id is not null as is_practised,
        events.first_practised_at
    from reps
    inner join practised as events
        on reps.rubric_id = events.rubric_id and reps.criterion_id = events.criterion_id
    left join practised as own
        on reps.rubric_id = own.rubric_id and reps.criterion_id = own.criterion_id and reps.rep_id = own.rep_id
    where own.rep_id is null or own.rep_id = events.rep_id
),

windows as (
    select
        compared.rubric_id,
        compared.criterion_id,
        compared.rep_id,
        compared.is_practised,
        compared.first_practised_at,
        count(*) filter (where scores.started_at < compared.first_practised_at) as n_before,
        count(*) filter (where scores.started_at >= compared.first_practised_at) as n_after,
        avg(scores.score) filter (where scores.started_at < compared.first_practised_at) as mean_before,
        avg(scores.score) filter (where scores.started_at >= compared.first_practised_at) as mean_after
    from compared
    inner join scores
        on
            compared.rubric_id = scores.rubric_id
            and compared.criterion_id = scores.criterion_id
            and compared.rep_id = scores.rep_id
            and scores.started_at >= compared.first_practised_at - interval 28 day
            and scores.started_at < compared.first_practised_at + interval 28 day
    group by all
),

final as (
    select
        rubric_id,
        criterion_id,
        rep_id,
        is_practised,
        avg(mean_after - mean_before) as change,
        cast(sum(n_before) as bigint) as n_before,
        cast(sum(n_after) as bigint) as n_after
    from windows
    where n_before >= 3 and n_after >= 3
    group by all
)

select * from final
