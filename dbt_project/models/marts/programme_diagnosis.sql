with no_tracking as (
    select * from {{ ref('int_diagnosis_no_tracking') }}
),

reviewers_disagree as (
    select * from {{ ref('int_diagnosis_reviewers_disagree') }}
),

coverage_without_change as (
    select * from {{ ref('int_diagnosis_coverage_without_change') }}
),

scores_without_csat as (
    select * from {{ ref('int_diagnosis_scores_without_csat') }}
),

rules as (
    select * from no_tracking
    union all
    select * from reviewers_disagree
    union all
    select * from coverage_without_change
    union all
    select * from scores_without_csat
),

final as (
    select
        rule_id,
        is_triggered,
        -- What the recommendation is, and the figures behind the rule: the display layer puts them in words.
        recommendation_code,
        figures,
        criterion_name,
        coalesce(criterion_ids, []) as criterion_ids
    from rules
)

select * from final
