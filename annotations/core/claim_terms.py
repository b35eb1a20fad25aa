"""Terms that say what a statement asserts (claim types) and what could go wrong in publishing it (risk flags)."""

from typing import Final

from annotations.core.terms import TermSeed

CLAIM_TYPE_TERMS: Final = (
    TermSeed("quantity", "Quantity", "A number, amount, share or measurement, exact or vague."),
    TermSeed("date-or-time", "Date or time", "When something happened, how long it took, or in which order."),
    TermSeed("place", "Place", "Where something is or happened."),
    TermSeed(
        "identity-or-title", "Identity or title", "Who or what somebody or something is: name, age, rank, office."
    ),
    TermSeed("event", "Event", "Something happened or was done."),
    TermSeed("denial", "Denial or absence", "Something did not happen, was not said or does not exist."),
    TermSeed("quotation", "Quotation", "Words given as somebody's own, between quotation marks."),
    TermSeed("attribution", "Attribution", "Somebody said, thinks or found it, in the article's words."),
    TermSeed("translation", "Translation", "Wording that was said or written in another language."),
    TermSeed("cause", "Cause", "One thing brought about another."),
    TermSeed("motive", "Motive or purpose", "Why somebody acts, or what something is for."),
    TermSeed("comparison", "Comparison", "Two things differ or are alike at the same time."),
    TermSeed("trend", "Trend", "Something grew, fell or stayed the same over time."),
    TermSeed("record-or-superlative", "Record or superlative", "First, last, only, largest, rare, unprecedented."),
    TermSeed("law-or-rule", "Law or rule", "What a law, contract, sanction or procedure says or demands."),
    TermSeed("finding", "Scientific finding", "What research shows, in medicine or any other science."),
    TermSeed("image-description", "Image description", "What a photograph, video, map or chart shows."),
    TermSeed("plan-or-promise", "Plan or promise", "What somebody intends or has undertaken to do."),
    TermSeed("prediction", "Prediction", "What will happen, whoever brings it about."),
    TermSeed("opinion", "Opinion", "A value judgement, an interpretation or a choice of loaded words."),
)

RISK_FLAG_TERMS: Final = (
    TermSeed("defamation", "Defamation", "It could harm the reputation of an identifiable person or body."),
    TermSeed("privacy", "Privacy", "It reveals private facts such as health, home, family or finances."),
    TermSeed("minors", "Minors", "It concerns a child or makes one identifiable."),
    TermSeed("sexual-violence", "Sexual violence", "It concerns such an offence or could identify a victim."),
    TermSeed("pending-case", "Pending case", "It could prejudge an investigation or a trial that is not over."),
    TermSeed("source-protection", "Source protection", "It could lead to a source who was promised anonymity."),
    TermSeed("security-sensitive", "Security-sensitive", "It could endanger people or operations if published."),
    TermSeed(
        "captivity-or-duress",
        "Captivity or duress",
        "The speaker is a prisoner, a hostage or otherwise not free to speak.",
    ),
    TermSeed("graphic", "Graphic content", "It shows or describes death, injury or cruelty."),
    TermSeed("self-harm", "Suicide or self-harm", "It needs the care that reporting on suicide asks for."),
    TermSeed("hate", "Hate or discrimination", "It demeans people for what they are, or repeats words that do."),
    TermSeed("conflict-propaganda", "Conflict propaganda", "A party to a conflict gains if it is believed."),
    TermSeed(
        "manipulated-media", "Manipulated media", "A picture, sound or video may be staged, altered or generated."
    ),
    TermSeed("single-source", "Single source", "Everything known about it goes back to one source."),
    TermSeed(
        "conflict-of-interest", "Conflict of interest", "The source gains from it and the article does not say so."
    ),
    TermSeed("election", "Election", "It could sway a vote, or concerns how one is run or counted."),
    TermSeed("medical", "Medical", "Readers could act on it to the harm of their health."),
    TermSeed("market-sensitive", "Market-sensitive", "It could move prices or lead readers to a financial decision."),
    TermSeed("embargo", "Embargo", "It may not be published before an agreed time."),
    TermSeed("copyright", "Copyright", "It reproduces text or pictures whose permission is not settled."),
)
