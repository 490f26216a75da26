with correlations as (
    select * from {{ ref('int_outcome_correlations') }}
),

criteria as (
    select * from {{ ref('stg_lake__rubric_criteria') }}
    where is_in_force
),

final as (
    select
        correlations.rubric_id,
        correlations.criterion_id,
        coalesce(criteria.criterion_name, correlations.criterion_id) as criterion_name,
        correlations.outcome,
        correlations.scope,
        correlations.queue,
        correlations.method,
        correlations.n,
        correlations.n_reps,
        correlations.r,
        correlations.r_low,
        correlations.r_high,
        correlations.p,
        correlations.q,
        correlations.adjusted_effect,
        correlations.adjusted_low,
        correlations.adjusted_high,
        correlations.adjusted_p,
        correlations.adjusted_q,
        correlations.adjusted_r,
        correlations.adjusted_r_low,
        correlations.adjusted_r_high,
        correlations.minimum_detectable_r,
        case
            when correlations.r is null then 'too_few'
            when correlations.q < 0.05 then 'associated'
            else 'not_shown'
        end as reason_code,
        case
            when correlations.adjusted_q < 0.05 then 'associated'
            when correlations.adjusted_effect is not null then 'not_shown'
        end as adjusted_reason_code
    from correlations
    left join criteria
        on correlations.rubric_id = criteria.rubric_id and correlations.criterion_id = criteria.criterion_id
)

select * from final
