{{ config(materialized='view') }}

-- Nearly every call is scored, yet no line of business improved in four weeks.
with recent_weeks as (
    select * from {{ ref('int_recent_weeks') }}
),

coverage as (
    select * from {{ ref('nightly_coverage') }}
),

changes as (
    select * from {{ ref('int_programme_changes') }}
),

priorities as (
    select * from {{ ref('coaching_priorities') }}
),

attempts as (
    select * from {{ ref('practice_trajectories') }}
),

covered as (
    select
        sum(coverage.scored_count) / sum(coverage.landed_count) as coverage_share,
        sum(coverage.landed_count) as landed_count
    from coverage
    inner join recent_weeks
        on
            recent_weeks.weeks_back < 4
            and coverage.batch_date >= recent_weeks.week_start_on
            and coverage.batch_date < recent_weeks.week_start_on + 7
),

skill as (
    select
        count(*) as rubric_count,
        count(*) filter (where change_low > 0) as improved_count,
        sum(change * n_recent) / sum(n_recent) as mean_change,
        min(change_low) as lowest,
        max(change_high) as highest
    from changes
    where measure = 'overall_score'
),

practice as (
    select count(*) as attempt_count
    from attempts
    inner join recent_weeks
        on
            recent_weeks.weeks_back = 3
            and cast(attempts.started_at as date) >= recent_weeks.week_start_on
),

shown as (
    select
        count(*) as priority_count,
        count(moments_to_discuss) as evidenced_count
    from priorities
),

support as (
    select
        shown.priority_count,
        shown.evidenced_count,
        practice.attempt_count
    from shown
    cross join practice
),

final as (
    select
        'coverage_without_change' as rule_id,
        case
            when skill.rubric_count > 0 and covered.landed_count > 0
                then covered.coverage_share >= 0.95 and skill.improved_count = 0
        end as is_triggered,
        case
            when support.attempt_count = 0 then 'give_practice'
            when support.evidenced_count < support.priority_count then 'tie_to_moments'
            else 'ask_coaches_and_reps'
        end as recommendation_code,
        map {
            'coverage_share': covered.coverage_share,
            'mean_change': skill.mean_change,
            'improved_count': cast(skill.improved_count as double),
            'rubric_count': cast(skill.rubric_count as double),
            'evidenced_count': cast(support.evidenced_count as double),
            'priority_count': cast(support.priority_count as double),
            'attempt_count': cast(support.attempt_count as double)
        } as figures,
        cast(null as varchar) as criterion_name,
        cast(null as varchar[]) as criterion_ids
    from skill
    cross join covered
    cross join support
)

select * from final
