"""A small rubric, written as a team would, for tests to change."""

RUBRIC = """\
id: parcel_desk
version: "1"
name: Parcel desk

criteria:
  - id: empathy
    name: Empathy
    observes: When a parcel's delay hurts the customer, the rep names that first.
    opportunity: customer_trouble
    weight: 2
    target: 60
    anchors:
      good:
        description: Names what the delay means for this customer.
        examples:
          - The wedding dress isn't there and the wedding is tomorrow, no wonder you're in tears.
          - Your father waits for his tablets, of course that frightens you.
        hard_negatives:
          - {says: "I understand it's the dress, what's the tracking number?", is_really: poor}
      average:
        description: Uses a phrase of sympathy that would fit any call.
        examples:
          - I'm sorry about that.
          - I understand your frustration.
      poor:
        description: Goes straight to tracking data.
        examples:
          - What's the tracking number?
          - Check the website for the status.
  - id: date_promised
    name: A date
    observes: Before the call ends the rep says when the parcel comes.
    opportunity: whole_call
    weight: 1
    target: 60
    anchors:
      good:
        description: Names the day or time of delivery.
        examples:
          - The courier brings it on Wednesday before noon.
          - You'll have it by the ninth of June.
          - It reaches you tomorrow between two and four.
        hard_negatives:
          - {says: "We close at six on weekdays.", is_really: none}
      average:
        description: Says that it will come, without a time.
        examples:
          - The courier will bring it to you.
          - It's going to be delivered.
      poor:
        description: Leaves it open whether it comes.
        examples:
          - We'll have to see if it turns up.
          - It may be lost, I can't say.
"""
