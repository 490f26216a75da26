"""The act model as an asset: trained, compared with the one in force, let in force."""
