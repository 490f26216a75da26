"""What others have published, so that a team's own figures have something to stand beside."""

REFERENCES = (
    ("two experts on empathy, weighted kappa", ".58"),
    ("a large language model against an expert on empathy, weighted kappa", ".60"),
    ("call quality analysts after calibration, exact agreement", "75 %"),
    ("call quality analysts after calibration, within one level", "99 %"),
    ("time to calibrate a quality team in the field", "4–6 weeks"),
)
