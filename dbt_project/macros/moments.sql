{# A moment as people are shown it: the same struct in every mart that carries moments. #}
{% macro moment(evidence) -%}
    {
        'evidence_id': {{ evidence }}.evidence_id, 'call_id': {{ evidence }}.call_id,
        'criterion_id': {{ evidence }}.criterion_id, 'criterion_name': {{ evidence }}.criterion_name,
        'level': {{ evidence }}.level, 'start_s': {{ evidence }}.start_s, 'quote': {{ evidence }}.quote,
        'cue_quote': {{ evidence }}.cue_quote, 'why': {{ evidence }}.why
    }
{%- endmacro %}

{# The order of moments for a talk: the surest first; among those sure to the same tenth, one that can be heard. #}
{% macro surest_heard_first(evidence) -%}
    round({{ evidence }}.confidence, 1) desc, {{ evidence }}.has_recording desc, {{ evidence }}.confidence desc,
    {{ evidence }}.evidence_id asc
{%- endmacro %}
