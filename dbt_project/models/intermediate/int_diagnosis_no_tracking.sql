{{ config(materialized='view') }}

-- Soft skills tracked for fewer than four weeks. Named are the skills to start with: frequent, easy to see in a quote.
with recent_weeks as (
    select * from {{ ref('int_recent_weeks') }}
),

weekly as (
    select * from {{ ref('int_rep_criterion_weeks') }}
),

criteria as (
    select * from {{ ref('stg_lake__rubric_criteria') }}
    where is_in_force
),

tracked as (
    select
        count(distinct weekly.week_start_on) as week_count,
        list_sort(
            list(distinct weekly.rubric_id || ':' || weekly.criterion_id)
            filter (where criteria.opportunity in ('customer_trouble', 'customer_statement'))
        ) as criterion_ids
    from recent_weeks
    inner join weekly on recent_weeks.week_start_on = weekly.week_start_on
    left join criteria on weekly.rubric_id = criteria.rubric_id and weekly.criterion_id = criteria.criterion_id
),

final as (
    select
        'no_tracking' as rule_id,
        coalesce(week_count, 0) < 4 as is_triggered,
        'start_with_two_skills' as recommendation_code,
        map {
            'week_count': cast(coalesce(week_count, 0) as double),
            'lookback_weeks': cast({{ var('lookback_weeks') }} as double)
        } as figures,
        cast(null as varchar) as criterion_name,
        criterion_ids
    from tracked
)

select * from final
