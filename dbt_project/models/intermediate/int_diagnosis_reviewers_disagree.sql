{{ config(materialized='view') }}

-- Reviewers who do not agree with each other. Landis & Koch (1977) call agreement from 0.61 on substantial.
with calibrations as (
    select * from {{ ref('calibrations') }}
),

agreement as (
    select
        count(*) filter (where human_weighted_kappa is not null) as measured_count,
        count(*) filter (where human_weighted_kappa < 0.61) as weak_count,
        min(human_weighted_kappa) as weakest,
        arg_min(criterion_name, row(human_weighted_kappa, criterion_name))
        filter (where human_weighted_kappa is not null) as weakest_name,
        list(rubric_id || ':' || criterion_id order by human_weighted_kappa, rubric_id || ':' || criterion_id)
        filter (where human_weighted_kappa < 0.61) as criterion_ids
    from calibrations
),

final as (
    select
        'reviewers_disagree' as rule_id,
        case when measured_count > 0 then weak_count > 0 end as is_triggered,
        'rewrite_anchors' as recommendation_code,
        map {
            'measured_count': cast(measured_count as double),
            'weak_count': cast(weak_count as double),
            'weakest': weakest
        } as figures,
        weakest_name as criterion_name,
        criterion_ids
    from agreement
)

select * from final
