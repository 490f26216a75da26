with correlations as (
    select * from {{ ref('int_outcome_correlations') }}
),

criteria as (
    select * from {{ ref('stg_lake__rubric_criteria') }}
    where is_in_force
),

named as (
    select
        correlations.*,
        coalesce(criteria.criterion_name, correlations.criterion_id) as criterion_name,
        case correlations.outcome when 'csat' then 'CSAT' else 'conversion' end as outcome_name,
        case correlations.scope
            when 'overall' then 'over all calls'
            when 'within_reps' then 'within reps'
            when 'between_reps' then 'between reps'
            else 'in queue ' || correlations.queue
        end as scope_name,
        case correlations.scope when 'between_reps' then 'reps' else 'calls' end as unit_name
    from correlations
    left join criteria
        on correlations.rubric_id = criteria.rubric_id and correlations.criterion_id = criteria.criterion_id
),

final as (
    select
        rubric_id,
        criterion_id,
        criterion_name,
        outcome,
        scope,
        queue,
        method,
        n,
        n_reps,
        r,
        r_low,
        r_high,
        p,
        q,
        adjusted_effect,
        adjusted_low,
        adjusted_high,
        adjusted_p,
        adjusted_q,
        adjusted_r,
        adjusted_r_low,
        adjusted_r_high,
        minimum_detectable_r,
        case
            when r is null
                then printf(
                    '%s and %s %s: too few %s to tell (%d).', criterion_name, outcome_name, scope_name, unit_name, n
                )
            when q < 0.05
                then printf(
                    '%s is associated with %s %s %s: r = %.2f (%.2f to %.2f), %d %s.',
                    criterion_name, case when r > 0 then 'higher' else 'lower' end, outcome_name, scope_name,
                    r, r_low, r_high, n, unit_name
                )
            else
                printf(
                    'No association of %s with %s shown %s: r = %.2f (%.2f to %.2f), %d %s; one of %.2f or more would'
                    || ' have been found four times in five.',
                    criterion_name, outcome_name, scope_name, r, r_low, r_high, n, unit_name, minimum_detectable_r
                )
        end
        || case
            when adjusted_q < 0.05
                then printf(
                    ' Adjusted for duration, queue, tenure and rep, 10 points more go with %+.2f (%+.2f to %+.2f).',
                    adjusted_effect, adjusted_low, adjusted_high
                )
            when adjusted_effect is not null
                then printf(
                    ' Adjusted for duration, queue, tenure and rep, no association remains clear: %+.2f (%+.2f to'
                    || ' %+.2f) for 10 points.',
                    adjusted_effect, adjusted_low, adjusted_high
                )
            else ''
        end as says
    from named
)

select * from final
