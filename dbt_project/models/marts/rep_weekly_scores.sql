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

-- How much one rep's calls differ among themselves within a week, pooled over reps and the lookback up to the week.
-- No week's estimate knows of later weeks: a week built last night is as one built today.
spread_weeks as (
    select
        rubric_id,
        criterion_id,
        week_start_on,
        sum((call_count - 1) * sd_score * sd_score) as squares,
        sum(call_count - 1) filter (where call_count >= 2) as degrees_of_freedom
    from weeks
    group by all
),

within_rep as (
    select
        rubric_id,
        criterion_id,
        week_start_on,
        sum(squares) over lookback / nullif(sum(degrees_of_freedom) over lookback, 0) as within_variance
    from spread_weeks
    window lookback as (
        partition by rubric_id, criterion_id order by week_start_on
        range between {{ lookback() }} preceding and current row
    )
),

rep_means as (
    select
        within_rep.rubric_id,
        within_rep.criterion_id,
        within_rep.week_start_on,
        within_rep.within_variance,
        weeks.rep_id,
        sum(weeks.call_count) as call_count,
        sum(weeks.call_count * weeks.mean_score) / sum(weeks.call_count) as mean_score
    from within_rep
    inner join weeks
        on
            within_rep.rubric_id = weeks.rubric_id
            and within_rep.criterion_id = weeks.criterion_id
            and within_rep.week_start_on >= weeks.week_start_on
            and within_rep.week_start_on <= weeks.week_start_on + {{ lookback() }}
    group by all
),

-- How much reps differ from each other beyond what their number of calls explains (method of moments).
between_reps as (
    select
        rubric_id,
        criterion_id,
        week_start_on,
        within_variance,
        greatest(0.0, var_samp(mean_score) - avg(within_variance / call_count)) as between_variance
    from rep_means
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

rep_weeks as (
    select
        rep_id,
        rubric_id,
        criterion_id,
        week_start_on,
        sum(call_count) as call_count,
        sum(call_count * mean_score) as score_sum
    from weeks
    group by all
),

windowed as (
    select
        rep_id,
        rubric_id,
        criterion_id,
        week_start_on,
        sum(score_sum) over recent as recent_sum,
        sum(call_count) over recent as recent_count,
        sum(score_sum) over earlier as earlier_sum,
        sum(call_count) over earlier as earlier_count,
        sum(score_sum) over baseline as baseline_sum,
        sum(call_count) over baseline as baseline_count,
        list(score_sum) over lookback as active_sums,
        list(call_count) over lookback as active_counts
    from rep_weeks
    window
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
        ),
        lookback as (
            partition by rep_id, rubric_id, criterion_id order by week_start_on
            range between {{ lookback() }} preceding and current row
        )
),

measured as (
    select
        weeks.*,
        windowed.recent_sum / windowed.recent_count as recent_mean,
        windowed.earlier_sum / windowed.earlier_count as earlier_mean,
        -- For reps with gaps (part-timers, leave): their own last four weeks with calls, however far apart.
        list_sum(windowed.active_sums[-4:]) / list_sum(windowed.active_counts[-4:]) as active_mean,
        list_sum(windowed.active_sums[-8:-5]) / list_sum(windowed.active_counts[-8:-5]) as active_before_mean,
        sqrt(between_reps.within_variance * (1 / windowed.recent_count + 1 / windowed.earlier_count)) as change_error,
        team_levels.team_mean_score,
        quantiles.quantile,
        -- Weight of the rep's own mean: the share of its variance that is real difference between reps.
        case
            when between_reps.between_variance + between_reps.within_variance > 0
                then
                    between_reps.between_variance
                    / (between_reps.between_variance + between_reps.within_variance / weeks.call_count)
            else 1.0
        end as reliability,
        case
            when windowed.baseline_count >= 10 and between_reps.within_variance > 0
                then
                    (weeks.mean_score - windowed.baseline_sum / windowed.baseline_count)
                    / sqrt(between_reps.within_variance * (1 / weeks.call_count + 1 / windowed.baseline_count))
        end as z_against_baseline
    from weeks
    inner join windowed
        on
            weeks.rep_id = windowed.rep_id
            and weeks.rubric_id = windowed.rubric_id
            and weeks.criterion_id = windowed.criterion_id
            and weeks.week_start_on = windowed.week_start_on
    left join between_reps
        on
            weeks.rubric_id = between_reps.rubric_id
            and weeks.criterion_id = between_reps.criterion_id
            and weeks.week_start_on = between_reps.week_start_on
    left join team_levels
        on
            weeks.team_id = team_levels.team_id
            and weeks.rubric_id = team_levels.rubric_id
            and weeks.criterion_id = team_levels.criterion_id
            and weeks.week_start_on = team_levels.week_start_on
    left join quantiles on weeks.call_count - 1 = quantiles.degrees_of_freedom
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
        recent_mean - earlier_mean as change_4_weeks,
        recent_mean - earlier_mean - {{ normal_quantile() }} * change_error as change_4_weeks_low,
        recent_mean - earlier_mean + {{ normal_quantile() }} * change_error as change_4_weeks_high,
        active_mean - active_before_mean as change_4_active_weeks,
        z_against_baseline,
        coalesce(z_against_baseline < -3, false)
        or (weeks_below_2_sigma >= 2 and coalesce(z_against_baseline < -2, false)) as is_deteriorating
    from charted
    where {{ week_changed('week_start_on') }}
)

select * from final
