{{ config(materialized='table') }}

-- A table built anew each night, not weeks kept from earlier nights: associations, weights, targets and names are those
-- of today for every week, so that a rep whose latest week is an old one is weighed like all others.
with recent_weeks as (
    select * from {{ ref('int_recent_weeks') }}
),

weeks as (
    select * from {{ ref('int_rep_criterion_weeks') }}
),

weekly as (
    select * from {{ ref('rep_weekly_scores') }}
),

criteria as (
    select * from {{ ref('stg_lake__rubric_criteria') }}
    where is_in_force
),

correlations as (
    select * from {{ ref('outcome_correlations') }}
    where scope = 'overall'
),

-- What the criterion is at least associated with, all else adjusted: never below 1, so that few data do not hide a gap.
associations as (
    select
        rubric_id,
        criterion_id,
        1 + 2 * greatest(0.0, coalesce(max(adjusted_r_low), 0.0)) as association_factor,
        arg_max(outcome, row(adjusted_r_low, outcome)) filter (where adjusted_r_low > 0) as associated_outcome
    from correlations
    group by all
),

-- Three weeks more than the oldest one: its four weeks, too, are complete.
needed as (
    select weeks.*
    from weeks
    where weeks.week_start_on >= (select min(recent_weeks.week_start_on) - 21 from recent_weeks)
),

recent as (
    select
        rep_id,
        team_id,
        rubric_id,
        criterion_id,
        week_start_on,
        sum(call_count) over four_weeks as call_count,
        sum(opportunity_count) over four_weeks as opportunity_count,
        sum(call_count * mean_score) over four_weeks / sum(call_count) over four_weeks as mean_score,
        sqrt(
            sum((call_count - 1) * coalesce(sd_score, 0) ^ 2) over four_weeks
            / nullif(sum(call_count - 1) over four_weeks, 0)
        ) as sd_score
    from needed
    window four_weeks as (
        partition by rep_id, rubric_id, criterion_id order by week_start_on
        range between interval 21 day preceding and current row
    )
),

gaps as (
    select
        recent.*,
        criteria.criterion_name,
        criteria.weight,
        criteria.target_score,
        weekly.change_4_weeks,
        weekly.is_deteriorating,
        coalesce(associations.association_factor, 1.0) as association_factor,
        associations.associated_outcome,
        -- Rounded, so that a mean on the target is no gap of the last digit of a sum, and equal priorities are equal.
        round(criteria.target_score - recent.mean_score, 9) as gap_to_target,
        recent.sd_score / sqrt(recent.call_count) as standard_error
    from recent
    inner join recent_weeks on recent.week_start_on = recent_weeks.week_start_on
    inner join weekly
        on
            recent.rep_id = weekly.rep_id
            and recent.team_id is not distinct from weekly.team_id
            and recent.rubric_id = weekly.rubric_id
            and recent.criterion_id = weekly.criterion_id
            and recent.week_start_on = weekly.week_start_on
    inner join criteria on recent.rubric_id = criteria.rubric_id and recent.criterion_id = criteria.criterion_id
    left join associations
        on recent.rubric_id = associations.rubric_id and recent.criterion_id = associations.criterion_id
),

weighed as (
    select
        *,
        -- How sure it is that the rep is below target at all: a logistic curve that follows the normal one within .01.
        case
            when standard_error > 0 then 1 / (1 + exp(-1.702 * gap_to_target / standard_error))
            else 0.5
        end as certainty,
        -- A falling skill comes first: half as much again for ten points lost in four weeks, at most double.
        least(2.0, greatest(0.5, 1 - coalesce(change_4_weeks, 0) / 20)) as trend_factor
    from gaps
),

final as (
    select
        rep_id,
        team_id,
        rubric_id,
        criterion_id,
        criterion_name,
        week_start_on,
        cast(call_count as bigint) as call_count,
        cast(opportunity_count as bigint) as opportunity_count,
        mean_score,
        target_score,
        gap_to_target,
        weight,
        association_factor,
        associated_outcome,
        certainty,
        change_4_weeks,
        trend_factor,
        is_deteriorating,
        round(greatest(0.0, gap_to_target) * weight * association_factor * certainty * trend_factor, 9) as priority
    from weighed
    where call_count >= 2
)

select * from final
