"""Contracts of the raw tables. One place: Ray stages, the lake writer, benchmarks and tests all read it.

Times ending in `_s` are seconds from the start of the call; `_at` are UTC. The first fields are the grain.
"""

import pyarrow as pa

_TIMESTAMP = pa.timestamp("us", tz="UTC")
_WORD = pa.struct(
    [("text", pa.string()), ("start_s", pa.float64()), ("end_s", pa.float64()), ("probability", pa.float64())]
)

_HIDDEN = pa.struct([("kind", pa.string()), ("start_s", pa.float64()), ("end_s", pa.float64())])

CALLS = pa.schema(
    [
        ("call_id", pa.string()),
        ("rep_id", pa.string()),
        ("rep_name", pa.string()),
        ("rep_hired_on", pa.date32()),
        ("team_id", pa.string()),
        ("queue", pa.string()),
        ("direction", pa.string()),  # inbound | outbound
        ("rubric_id", pa.string()),
        ("started_at", _TIMESTAMP),
        ("duration_s", pa.float64()),
        ("audio_uri", pa.string()),  # relative to the landing zone, NULL for a transcript
        ("audio_sha256", pa.string()),  # of the landed file, audio or transcript
        ("channel_layout", pa.string()),  # rep_left | rep_right | mono | transcript
        ("rep_channel", pa.string()),  # left | right: where the call facts say the rep is; also for transcripts
        ("source", pa.string()),  # live | practice
        ("status", pa.string()),  # scored | asked (who is the rep?) | quarantined
        ("reason", pa.string()),  # why asked or quarantined, NULL when scored
        (
            "roles_decided_by",
            pa.string(),
        ),  # answer | rule | channel_layout | rep_name | source_roles | words | undecided
        ("roles_confidence", pa.float64()),  # 0-1
        ("language", pa.string()),  # ISO 639-1, NULL where it was not identified
        ("understood_share", pa.float64()),  # 0-1 of what was said
        ("hidden", pa.list_(_HIDDEN)),  # what was taken out of its words, NULL where it was not heard
        ("is_timed", pa.bool_()),
        ("overall_score", pa.float64()),
        ("rubric_version", pa.string()),
        ("rubric_sha256", pa.string()),
        ("pipeline_version", pa.string()),
        ("model_fingerprint", pa.string()),
        ("work_key", pa.string()),  # hash of everything the row's scores depend on: equal key, nothing to redo
        ("batch_date", pa.date32()),
        ("processed_at", _TIMESTAMP),
    ]
)

PARTICIPANTS = pa.schema(
    [
        ("call_id", pa.string()),
        ("label", pa.string()),  # as the source names them: "Ana Ruiz", "spk_0", "left"
        ("name", pa.string()),
        ("role", pa.string()),  # rep | other_rep | customer | other | system
        ("channel", pa.int32()),
        ("word_count", pa.int32()),
        ("talk_s", pa.float64()),
        ("first_start_s", pa.float64()),
        ("first_words", pa.string()),  # the first sentences, to know somebody by
        ("batch_date", pa.date32()),
    ]
)

TURNS = pa.schema(
    [
        ("call_id", pa.string()),
        ("turn_index", pa.int32()),
        ("speaker", pa.string()),  # rep | customer
        ("start_s", pa.float64()),
        ("end_s", pa.float64()),
        ("text", pa.string()),
        ("words", pa.list_(_WORD)),
        ("is_backchannel", pa.bool_()),
        ("pitch_hz", pa.float64()),
        ("loudness_db", pa.float64()),
        ("rate_wps", pa.float64()),
        ("pitch_z", pa.float64()),
        ("loudness_z", pa.float64()),
        ("rate_z", pa.float64()),
        ("batch_date", pa.date32()),
    ]
)

SIGNALS = pa.schema(
    [
        ("signal_id", pa.string()),
        ("call_id", pa.string()),
        ("kind", pa.string()),
        ("label", pa.string()),
        ("value", pa.float64()),
        ("confidence", pa.float64()),
        ("turn_index", pa.int32()),
        ("start_s", pa.float64()),
        ("end_s", pa.float64()),
        ("quote", pa.string()),
        ("cue_turn_index", pa.int32()),
        ("phase", pa.string()),
        ("batch_date", pa.date32()),
    ]
)

SCORES = pa.schema(
    [
        ("score_id", pa.string()),  # call_id:criterion_id
        ("call_id", pa.string()),
        ("criterion_id", pa.string()),
        ("score", pa.float64()),  # 0-100, NULL = not applicable
        ("level", pa.string()),  # good | average | poor, NULL = not applicable
        ("confidence", pa.float64()),
        ("opportunity_count", pa.int32()),
        ("abstained_reason", pa.string()),
        ("rubric_id", pa.string()),
        ("rubric_version", pa.string()),
        ("rubric_sha256", pa.string()),
        ("model_fingerprint", pa.string()),
        ("calibration_id", pa.string()),  # whose cut-points gave the level, NULL = the rubric's own
        ("batch_date", pa.date32()),
    ]
)

EVIDENCE = pa.schema(
    [
        ("evidence_id", pa.string()),
        ("score_id", pa.string()),
        ("call_id", pa.string()),
        ("criterion_id", pa.string()),
        ("level", pa.string()),
        ("turn_index", pa.int32()),
        ("quote", pa.string()),  # verbatim from the turn
        ("start_s", pa.float64()),
        ("end_s", pa.float64()),
        ("cue_turn_index", pa.int32()),
        ("cue_quote", pa.string()),
        ("cue_start_s", pa.float64()),
        ("why", pa.string()),
        ("confidence", pa.float64()),
        ("batch_date", pa.date32()),
    ]
)

STAGE_TIMINGS = pa.schema(
    [
        ("call_id", pa.string()),
        ("stage", pa.string()),  # of coachlake.timings.STAGES; those a call did not go through have no row
        ("wall_s", pa.float64()),
        ("cpu_s", pa.float64()),  # child processes included, NULL while the call only waits
        ("gpu_s", pa.float64()),  # wall_s times the share of a GPU that is held meanwhile, NULL where none is
        ("measured_at", _TIMESTAMP),  # before the call's processed_at where a stage was not gone through again
        ("batch_date", pa.date32()),
    ]
)

DELIVERED_ENTRIES = pa.schema(
    [
        ("entry", pa.string()),  # a file by its name in the night's folder, or a row without one of its own
        ("used_as", pa.string()),  # call | facts | outcomes | ignored
        ("call_id", pa.string()),  # of raw.calls where it is a call, NULL elsewhere
        ("reason", pa.string()),  # why it is ignored, or what was left out of it; NULL where there is nothing to say
        ("bytes", pa.int64()),
        ("batch_date", pa.date32()),
    ]
)

OUTCOMES = pa.schema(
    [
        ("call_id", pa.string()),
        ("csat", pa.float64()),  # 1-5
        ("is_converted", pa.bool_()),
        ("received_at", _TIMESTAMP),
    ]
)

RUBRIC_CRITERIA = pa.schema(
    [
        ("rubric_id", pa.string()),
        ("rubric_version", pa.string()),
        ("rubric_sha256", pa.string()),
        ("criterion_id", pa.string()),
        ("criterion_name", pa.string()),
        ("observes", pa.string()),
        ("weight", pa.float64()),
        ("target_score", pa.float64()),  # the criterion's target as a score 0-100
        ("target_value", pa.float64()),  # in the signal's own unit (rate 0-1, count a call), NULL where none
        ("good_anchor", pa.string()),
        ("average_anchor", pa.string()),
        ("poor_anchor", pa.string()),
        ("loaded_at", _TIMESTAMP),
        ("opportunity", pa.string()),  # of rubrics/schema.py, custom = the team's own
        ("told_signal", pa.string()),  # interrupted_share | hedges_per_call: what target_value is of, NULL where none
    ]
)

HUMAN_REVIEWS = pa.schema(
    [
        ("review_id", pa.string()),
        ("call_id", pa.string()),
        ("criterion_id", pa.string()),
        ("reviewer_id", pa.string()),
        ("level", pa.string()),  # good | average | poor, NULL = reviewer says not applicable
        ("score", pa.float64()),
        ("note", pa.string()),
        ("is_dispute", pa.bool_()),
        ("is_blind", pa.bool_()),  # the reviewer had not seen the machine's score
        ("reviewed_at", _TIMESTAMP),
    ]
)

CALIBRATIONS = pa.schema(
    [
        ("calibration_id", pa.string()),
        ("calibrated_at", _TIMESTAMP),
        ("rubric_id", pa.string()),
        ("criterion_id", pa.string()),
        ("criterion_sha256", pa.string()),  # of the anchors it was measured on; a mapping is valid for these only
        ("n_reviews", pa.int32()),
        ("n_disputes", pa.int32()),  # teach cut-points, never measure agreement
        ("n_calls", pa.int32()),  # reviewed calls that agreement is measured on
        ("n_double_reviewed", pa.int32()),
        ("weighted_kappa", pa.float64()),
        ("weighted_kappa_low", pa.float64()),
        ("weighted_kappa_high", pa.float64()),
        ("exact_agreement", pa.float64()),
        ("exact_agreement_low", pa.float64()),
        ("exact_agreement_high", pa.float64()),
        ("within_one_agreement", pa.float64()),
        ("within_one_agreement_low", pa.float64()),
        ("within_one_agreement_high", pa.float64()),
        ("bias", pa.float64()),  # machine minus human, levels 0-2
        ("bias_low", pa.float64()),
        ("bias_high", pa.float64()),
        ("human_weighted_kappa", pa.float64()),  # the ceiling, NULL where no call has two reviewers
        ("human_weighted_kappa_low", pa.float64()),
        ("human_weighted_kappa_high", pa.float64()),
        ("is_at_ceiling", pa.bool_()),
        ("labels_worth_collecting", pa.int32()),
        ("average_from", pa.float64()),  # cut-points fitted, or the rubric's own
        ("good_from", pa.float64()),
        ("unseen_weighted_kappa_before", pa.float64()),  # cross-validated: calls the cut-points were not fitted on
        ("unseen_weighted_kappa_after", pa.float64()),
        ("unseen_gain_low", pa.float64()),
        ("unseen_gain_high", pa.float64()),
        ("n_rank_labels", pa.int32()),  # reviews a ranking was learned from, NULL where there were too few
        ("unseen_rank_correlation_before", pa.float64()),  # Spearman of score and review, calls not learned from
        ("unseen_rank_correlation_after", pa.float64()),
        ("unseen_rank_gain_low", pa.float64()),
        ("unseen_rank_gain_high", pa.float64()),
        ("still_disagree_share", pa.float64()),  # of unseen reviews, after learning, another level than the machine's
        ("still_far_share", pa.float64()),  # two levels away
        ("is_ranking_kept", pa.bool_()),  # the learned ranking helps on unseen calls: it gives scores and levels
        ("ranking", pa.string()),  # JSON of coachlake.scoring.ranking.Ranking, NULL where none is kept
        ("is_mapping_kept", pa.bool_()),  # fitted cut-points help on unseen calls; else they are the rubric's own
        ("is_applied", pa.bool_()),  # from then on levels are given by these cut-points
        ("says", pa.string()),
    ]
)

ROLE_ANSWERS = pa.schema(
    [
        ("answer_id", pa.string()),
        ("call_id", pa.string()),  # the call that was asked about
        ("label", pa.string()),  # who of its participants is the rep
        ("queue", pa.string()),  # of a rule: calls of this queue with the same labels; NULL for the call alone
        ("labels", pa.list_(pa.string())),  # everybody the person was shown, sorted
        ("answered_by", pa.string()),
        ("answered_at", _TIMESTAMP),
    ]
)

STRIKES = pa.schema(
    [
        ("strike_id", pa.string()),
        ("call_id", pa.string()),
        ("criterion_id", pa.string()),
        ("turn_index", pa.int32()),  # of the evidence that was struck, as are its words
        ("quote", pa.string()),
        ("is_struck", pa.bool_()),  # false takes an earlier strike back
        ("why", pa.string()),
        ("struck_by", pa.string()),
        ("struck_at", _TIMESTAMP),
    ]
)

PRACTICE_ATTEMPTS = pa.schema(
    [
        ("attempt_id", pa.string()),
        ("call_id", pa.string()),  # the session's turns, scores and evidence, source = practice
        ("rep_id", pa.string()),
        ("scenario_id", pa.string()),
        ("rubric_id", pa.string()),
        ("assignment_id", pa.string()),
        ("focus_criterion_id", pa.string()),
        ("focus_score", pa.float64()),
        ("overall_score", pa.float64()),
        ("pass_threshold", pa.float64()),
        ("is_passed", pa.bool_()),
        ("ended_by", pa.string()),  # resolved | unresolved | customer_hung_up | rep_left
        ("mode", pa.string()),  # text | voice
        ("seed", pa.int64()),
        ("started_at", _TIMESTAMP),
        ("ended_at", _TIMESTAMP),
    ]
)

PRACTICE_ASSIGNMENTS = pa.schema(
    [
        ("assignment_id", pa.string()),
        ("rep_id", pa.string()),
        ("scenario_id", pa.string()),
        ("criterion_id", pa.string()),
        ("evidence_id", pa.string()),  # the live moment it came from, NULL where assigned by hand
        ("assigned_by", pa.string()),
        ("assigned_at", _TIMESTAMP),
        ("due_on", pa.date32()),
    ]
)

CHECK_RESULTS = pa.schema(
    [
        ("run_id", pa.string()),
        ("suite", pa.string()),
        ("expectation", pa.string()),
        ("table_name", pa.string()),
        ("column_name", pa.string()),
        ("is_success", pa.bool_()),
        ("is_blocking", pa.bool_()),
        ("observed", pa.string()),
        ("checked_at", _TIMESTAMP),
        ("batch_date", pa.date32()),
    ]
)

MART_BUILDS = pa.schema(
    [
        ("project_sha256", pa.string()),  # of the dbt models that built the marts
        ("built_at", _TIMESTAMP),
    ]
)

LAKE_FILES = pa.schema(
    [
        ("path", pa.string()),  # of a Parquet file of this lake, under its data path
        ("sha256", pa.string()),
        ("size_bytes", pa.int64()),
        ("recorded_at", _TIMESTAMP),
    ]
)

LAKE_VERSIONS = pa.schema(
    [
        ("version", pa.int32()),  # LAKE_VERSION of the coachlake that wrote; the highest is the lake's
        ("upgraded_at", _TIMESTAMP),
    ]
)

# The form of the tables here, as a number that grows with each change of it. A lake knows which it was written in:
# an older one is brought to this one when it is next written, a newer one is refused in words.
LAKE_VERSION = 2

RAW_TABLES: dict[str, pa.Schema] = {
    "calls": CALLS,
    "participants": PARTICIPANTS,
    "turns": TURNS,
    "signals": SIGNALS,
    "scores": SCORES,
    "evidence": EVIDENCE,
    "stage_timings": STAGE_TIMINGS,
    "delivered_entries": DELIVERED_ENTRIES,
    "outcomes": OUTCOMES,
    "rubric_criteria": RUBRIC_CRITERIA,
    "human_reviews": HUMAN_REVIEWS,
    "role_answers": ROLE_ANSWERS,
    "strikes": STRIKES,
    "calibrations": CALIBRATIONS,
    "practice_attempts": PRACTICE_ATTEMPTS,
    "practice_assignments": PRACTICE_ASSIGNMENTS,
    "check_results": CHECK_RESULTS,
    "mart_builds": MART_BUILDS,
    "lake_files": LAKE_FILES,
    "lake_versions": LAKE_VERSIONS,
}

# A call's own tables: replaced together, by call_id, when the call is processed again.
PER_CALL_TABLES = ("calls", "participants", "turns", "signals", "scores", "evidence", "stage_timings")
