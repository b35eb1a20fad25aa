"""Terms that say where a statement comes from: origin, identification, channel, distance."""

from typing import Final

from annotations.core.terms import TermSeed

# Ten colours, so the ten origins that a desk tells apart most often have one; the others get the neutral line.
ORIGIN_TERMS: Final = (
    TermSeed(
        "intelligence-sourced",
        "Intelligence-sourced",
        "An intelligence service, or officials who pass on what a service found.",
        9,
    ),
    TermSeed(
        "official-statement",
        "Official statement",
        "What a civilian government, authority or holder of public office says.",
        0,
    ),
    TermSeed(
        "military-source", "Military source", "What armed forces, a ministry of defence or serving soldiers say.", 6
    ),
    TermSeed(
        "law-enforcement", "Police or prosecutors", "What police, prosecutors, border guards or prison services say."
    ),
    TermSeed(
        "international-organisation",
        "International organisation",
        "What a body of several states says, such as the United Nations or a development bank.",
    ),
    TermSeed("state-media", "State media", "A news outlet or agency whose content a government controls.", 7),
    TermSeed("news-agency", "News agency", "The report of a news agency that is editorially independent.", 1),
    TermSeed(
        "other-media",
        "Other news outlet",
        "The reporting of another newsroom that is neither an agency nor state-controlled.",
    ),
    TermSeed("eyewitness", "Eyewitness", "Somebody who was there and tells what they saw or heard themselves.", 5),
    TermSeed(
        "involved-party",
        "Party to the matter",
        "A person or body speaking about its own case, such as a victim, an accused, a lawyer or a union.",
    ),
    TermSeed("company", "Company", "What a business or trade body says about its products, figures or conduct."),
    TermSeed(
        "political-campaign",
        "Party or campaign",
        "A political party, candidate or campaign speaking as such and not for an office.",
    ),
    TermSeed(
        "expert",
        "Expert or academic",
        "Recognised knowledge of the field: a scholar, an analyst, a practitioner or a published study.",
        4,
    ),
    TermSeed("ngo", "NGO or charity", "A non-profit organisation that is independent of the state."),
    TermSeed(
        "document",
        "Document",
        "A text that exists independently of the report, such as a law, contract, judgment or minutes.",
        2,
    ),
    TermSeed(
        "data-set", "Data set", "Structured figures, such as statistics, a register, a survey or measurements.", 3
    ),
    TermSeed(
        "open-source-imagery",
        "Satellite or open-source imagery",
        "Satellite pictures, photographs or footage that others can look up and examine.",
    ),
    TermSeed(
        "social-media",
        "Social media users",
        "Posts by users whose role outside the platform is unknown or does not matter.",
    ),
    TermSeed(
        "machine-output",
        "Machine output",
        "What an automated system produced, such as a language model or an image detector.",
    ),
    TermSeed("own-reporting", "Own reporting", "What the article's own reporters saw, measured or collected."),
    TermSeed(
        "general-knowledge",
        "General knowledge",
        "Undisputed and in any standard reference, so that no source is expected.",
    ),
    TermSeed("unsourced", "Unsourced", "The article gives no source although readers would need one.", 8),
)

IDENTIFICATION_TERMS: Final = (
    TermSeed("named-person", "Named person", "One person, identified by name."),
    TermSeed("named-group", "Named group", "An organisation or group, identified by name."),
    TermSeed(
        "named-office", "Named office", "Only the post is given, but it points to one holder: “the finance minister”."
    ),
    TermSeed("named-work", "Named work", "A document, data set, study or image that readers can find by its title."),
    TermSeed("pseudonym", "Pseudonym", "A person under a changed or shortened name, where the article says so."),
    TermSeed("unnamed-person", "Unnamed person", "One person, described but not named: “a diplomat”."),
    TermSeed("unnamed-group", "Unnamed group", "Several people or bodies, described but not named: “analysts”."),
    TermSeed(
        "unnamed-work", "Unnamed work", "A document, data set or study that cannot be found from what is said of it."
    ),
    TermSeed("article-author", "The article's author", "The reporter or the newsroom itself."),
    TermSeed(
        "unidentified", "Unidentified", "Nobody can be made out as the source: “it is said”, or no mention at all."
    ),
)

CHANNEL_TERMS: Final = (
    TermSeed("speech", "Speech", "Words spoken to an audience that could not ask questions."),
    TermSeed("interview", "Interview", "Answers to one interviewer or newsroom."),
    TermSeed(
        "press-conference", "Press conference", "Words spoken to several newsrooms with questions, on the record."
    ),
    TermSeed("background-briefing", "Background briefing", "Words to reporters on terms that limit naming or quoting."),
    TermSeed("conversation", "Conversation", "Words spoken in private and repeated by somebody who took part."),
    TermSeed("testimony", "Testimony or debate", "Words on the record of a court, a parliament or an inquiry."),
    TermSeed(
        "written-statement", "Written statement", "A text handed to the public: press release, communiqué, notice."
    ),
    TermSeed("correspondence", "Letter or message", "A letter, e-mail or message to named recipients."),
    TermSeed("court-filing", "Court filing", "A text submitted to a court or issued by one."),
    TermSeed(
        "publication", "Publication", "A book, study, report, gazette, database or web page of the source itself."
    ),
    TermSeed("broadcast", "Broadcast", "A radio or television programme, or its stream, that is not an interview."),
    TermSeed("agency-copy", "Agency copy", "A text, picture or caption distributed by a news agency."),
    TermSeed("news-report", "News report", "An article of another newspaper, magazine or news site."),
    TermSeed("social-post", "Social post", "A post, story or video on the source's account on a platform."),
    TermSeed("leaked", "Leak", "Material released without the consent of whoever holds it."),
    TermSeed("direct-observation", "Direct observation", "Nobody's words: seen, measured or photographed on the spot."),
    TermSeed("unknown-channel", "Unknown channel", "The article does not say how the words reached it."),
)

DISTANCE_TERMS: Final = (
    TermSeed("first-hand", "First-hand", "The source did, saw, said or measured it."),
    TermSeed("second-hand", "Second-hand", "The source has it from somebody who did, saw, said or measured it."),
    TermSeed("third-hand", "Third-hand or further", "At least two stand between the source and what happened."),
    TermSeed("unknown-distance", "Unknown distance", "It cannot be made out how the source knows."),
)
