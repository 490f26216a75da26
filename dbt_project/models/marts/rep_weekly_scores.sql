{{ config(
    materialized='incremental', incremental_strategy='append',
    pre_hook="{{ forget_weeks() }}", on_schema_change='fail'
) }}

with weeks as (
    select * from {{ ref('int_rep_criterion_weeks') }}
    where {{ week_needed('week_start_on') }}
),

quantiles as (
    select * from {{ ref('t_quantiles') }}
),

-- How much one rep's calls differ among themselves within a week, pooled over reps and weeks.
within_rep as (
    select
        rubric_id,
        criterion_id,
        sum((call_count - 1) * sd_score * sd_score) / nullif(sum(call_count - 1), 0) as within_variance
    from weeks
    where call_count >= 2
    group by all
),

rep_means as (
    select
        rubric_id,
        criterion_id,
        rep_id,
        sum(call_count) as call_count,
        sum(call_count * mean_score) / sum(call_count) as mean_score
    from weeks
    group by all
),

-- How much reps differ from each other beyond what their number of calls explains (method of moments).
between_reps as (
    select
        rep_means.rubric_id,
        rep_means.criterion_id,
        greatest(
            0.0, var_samp(rep_means.mean_score) - avg(within_rep.within_variance / rep_means.call_count)
        ) as between_variance
    from rep_means
    inner join within_rep
        on rep_means.rubric_id = within_rep.rubric_id and rep_means.criterion_id = within_rep.criterion_id
    group by all
),

team_weeks as (
    select
        team_id,
        rubric_id,
        criterion_id,
        week_start_on,
        sum(call_count * mean_score) as score_sum,
        sum(call_count) as call_count
    from weeks
    group by all
),

team_levels as (
    select
        team_id,
        rubric_id,
        criterion_id,
        week_start_on,
        sum(score_sum) over last_4_weeks / sum(call_count) over last_4_weeks as team_mean_score
    from team_weeks
    window last_4_weeks as (
        partition by team_id, rubric_id, criterion_id order by week_start_on
        range between interval 21 day preceding and current row
    )
),

windowed as (
    select
        weeks.*,
        sum(call_count * mean_score) over recent as recent_sum,
        sum(call_count) over recent as recent_count,
        sum(call_count * mean_score) over earlier as earlier_sum,
        sum(call_count) over earlier as earlier_count,
        sum(call_count * mean_score) over baseline as baseline_sum,
        sum(call_count) over baseline as baseline_count,
        sum(call_count * mean_score) over last_4_active as active_sum,
        sum(call_count) over last_4_active as active_count,
        sum(call_count * mean_score) over active_before as active_before_sum,
        sum(call_count) over active_before as active_before_count
    from weeks
    window
        -- For reps with gaps (part-timers, leave): their own last four weeks with calls, however far apart.
        last_4_active as (
            partition by rep_id, rubric_id, criterion_id order by week_start_on
            rows between 3 preceding and current row
        ),
        active_before as (
            partition by rep_id, rubric_id, criterion_id order by week_start_on
            rows between 7 preceding and 4 preceding
        ),
        recent as (
            partition by rep_id, rubric_id, criterion_id order by week_start_on
            range between interval 21 day preceding and current row
        ),
        earlier as (
            partition by rep_id, rubric_id, criterion_id order by week_start_on
            range between interval 49 day preceding and interval 28 day preceding
        ),
        baseline as (
            partition by rep_id, rubric_id, criterion_id order by week_start_on
            range between interval 56 day preceding and interval 7 day preceding
        )
),

measured as (
    select
        windowed.*,
        within_rep.within_variance,
        team_levels.team_mean_score,
        coalesce(quantiles.quantile, 1.98) as quantile,
        -- Weight of the rep's own mean: the share of its variance that is real difference between reps.
        case
            when between_reps.between_variance + within_rep.within_variance > 0
                then
                    between_reps.between_variance
                    / (between_reps.between_variance + within_rep.within_variance / windowed.call_count)
            else 1.0
        end as reliability,
        case
            when windowed.baseline_count >= 10 and within_rep.within_variance > 0
                then
                    (windowed.mean_score - windowed.baseline_sum / windowed.baseline_count)
                    / sqrt(within_rep.within_variance * (1 / windowed.call_count + 1 / windowed.baseline_count))
        end as z_against_baseline
    from windowed
    left join within_rep
        on windowed.rubric_id = within_rep.rubric_id and windowed.criterion_id = within_rep.criterion_id
    left join between_reps
        on windowed.rubric_id = between_reps.rubric_id and windowed.criterion_id = between_reps.criterion_id
    left join team_levels
        on
            windowed.team_id = team_levels.team_id
            and windowed.rubric_id = team_levels.rubric_id
            and windowed.criterion_id = team_levels.criterion_id
            and windowed.week_start_on = team_levels.week_start_on
    left join quantiles on windowed.call_count - 1 = quantiles.degrees_of_freedom
),

charted as (
    select
        *,
        count(*) filter (where z_against_baseline < -2) over last_3_weeks as weeks_below_2_sigma
    from measured
    window last_3_weeks as (
        partition by rep_id, rubric_id, criterion_id order by week_start_on
        range between interval 14 day preceding and current row
    )
),

final as (
    select
        rep_id,
        team_id,
        rubric_id,
        criterion_id,
        week_start_on,
        call_count,
        cast(opportunity_count as bigint) as opportunity_count,
        mean_score,
        mean_score - {{ t_margin('quantile', 'sd_score', 'call_count') }} as mean_score_low,
        mean_score + {{ t_margin('quantile', 'sd_score', 'call_count') }} as mean_score_high,
        team_mean_score,
        reliability,
        coalesce(reliability, 0) * mean_score + (1 - coalesce(reliability, 0)) * team_mean_score as shrunk_score,
        recent_sum / recent_count - earlier_sum / earlier_count as change_4_weeks,
        recent_sum / recent_count - earlier_sum / earlier_count
        - 1.96 * sqrt(within_variance * (1 / recent_count + 1 / earlier_count)) as change_4_weeks_low,
        recent_sum / recent_count - earlier_sum / earlier_count
        + 1.96 * sqrt(within_variance * (1 / recent_count + 1 / earlier_count)) as change_4_weeks_high,
        active_sum / active_count - active_before_sum / active_before_count as change_4_active_weeks,
        z_against_baseline,
        coalesce(z_against_baseline < -3, false)
        or (weeks_below_2_sigma >= 2 and coalesce(z_against_baseline < -2, false)) as is_deteriorating
    from charted
    where {{ week_changed('week_start_on') }}
)

select * from final
