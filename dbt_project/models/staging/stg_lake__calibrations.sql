with source as (
    select * from {{ source('lake', 'calibrations') }}
),

final as (
    select
        calibration_id,
        calibrated_at,
        rubric_id,
        criterion_id,
        criterion_sha256,
        n_reviews,
        n_disputes,
        n_calls,
        n_double_reviewed,
        weighted_kappa,
        weighted_kappa_low,
        weighted_kappa_high,
        exact_agreement,
        exact_agreement_low,
        exact_agreement_high,
        within_one_agreement,
        within_one_agreement_low,
        within_one_agreement_high,
        bias,
        bias_low,
        bias_high,
        human_weighted_kappa,
        human_weighted_kappa_low,
        human_weighted_kappa_high,
        is_at_ceiling,
        labels_worth_collecting,
        average_from,
        good_from,
        unseen_weighted_kappa_before,
        unseen_weighted_kappa_after,
        unseen_gain_low,
        unseen_gain_high,
        n_rank_labels,
        unseen_rank_correlation_before,
        unseen_rank_correlation_after,
        unseen_rank_gain_low,
        unseen_rank_gain_high,
        still_disagree_share,
        still_far_share,
        is_ranking_kept,
        ranking,
        is_mapping_kept,
        is_applied,
        says
    from source
)

select * from final
