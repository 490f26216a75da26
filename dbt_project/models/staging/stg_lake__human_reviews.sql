with source as (
    select * from {{ source('lake', 'human_reviews') }}
),

final as (
    select
        review_id,
        call_id,
        criterion_id,
        reviewer_id,
        level,
        score,
        note,
        is_dispute,
        is_blind,
        reviewed_at
    from source
)

select * from final
