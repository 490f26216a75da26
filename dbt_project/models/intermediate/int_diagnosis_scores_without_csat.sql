{{ config(materialized='view') }}

-- A criterion's scores rose in four weeks while CSAT did not, and the two are not associated.
with changes as (
    select * from {{ ref('int_programme_changes') }}
),

correlations as (
    select * from {{ ref('outcome_correlations') }}
    where scope = 'overall' and outcome = 'csat'
),

risen as (
    select
        criterion.rubric_id,
        criterion.measure as criterion_id,
        criterion.change_low > 0 as is_risen,
        csat.change_low > 0 as is_csat_risen,
        coalesce(correlations.adjusted_q < 0.05 and correlations.adjusted_effect > 0, false) as is_associated
    from changes as criterion
    inner join changes as csat
        on criterion.rubric_id = csat.rubric_id and csat.measure = 'csat'
    left join correlations
        on criterion.rubric_id = correlations.rubric_id and criterion.measure = correlations.criterion_id
    where criterion.measure not in ('csat', 'overall_score')
),

phrasing as (
    select
        count(*) as measured_count,
        count(*) filter (where is_risen) as risen_count,
        count(*) filter (where is_risen and not is_csat_risen and not is_associated) as suspect_count,
        list(rubric_id || ':' || criterion_id order by rubric_id || ':' || criterion_id)
        filter (where is_risen and not is_csat_risen and not is_associated) as criterion_ids
    from risen
),

final as (
    select
        'scores_without_csat' as rule_id,
        case when measured_count > 0 then suspect_count > 0 end as is_triggered,
        'read_good_moments' as recommendation_code,
        map {
            'measured_count': cast(measured_count as double),
            'risen_count': cast(risen_count as double),
            'suspect_count': cast(suspect_count as double)
        } as figures,
        cast(null as varchar) as criterion_name,
        criterion_ids
    from phrasing
)

select * from final
