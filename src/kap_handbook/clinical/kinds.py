"""The kinds of entry, as data. To add a kind, add a description to ``KINDS``."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Value:
    """One allowed value: its ``symbol`` says by shape what ``level`` (0 to 4) says by tint."""

    label: str
    level: int = 0
    symbol: str = ""


@dataclass(frozen=True)
class Choice:
    """A field whose values come from a closed list; their order is their sorting order."""

    name: str
    label: str
    values: Mapping[str, Value]
    many: bool = False
    required: bool = True
    shown: bool = True


@dataclass(frozen=True)
class Text:
    """A field of plain text; ``many`` splits it at semicolons."""

    name: str
    label: str
    many: bool = False
    required: bool = False
    shown: bool = True


@dataclass(frozen=True)
class Prose:
    """A field of marked-up text, which may cite sources."""

    name: str
    label: str
    required: bool = False


Option = Choice | Text
Field = Choice | Text | Prose


@dataclass(frozen=True)
class Kind:
    """A kind of entry.

    ``one_of`` lists groups of prose fields of which each entry must fill at least one.
    ``has_text`` says whether an entry must have a text besides its fields.
    ``columns`` is what its summary table shows when it is not told otherwise.
    ``asks`` says whether its title is put to the reader as a question: its text is the answer,
    shown when asked for, and search does not find it.
    """

    name: str
    label: str
    plural: str
    fields: tuple[Field, ...]
    columns: tuple[str, ...]
    one_of: tuple[tuple[str, ...], ...] = ()
    has_text: bool = False
    asks: bool = False

    @property
    def options(self) -> dict[str, Option]:
        """The short fields, by name."""
        return {field.name: field for field in self.fields if not isinstance(field, Prose)}

    @property
    def prose(self) -> dict[str, Prose]:
        """The prose fields, by name."""
        return {field.name: field for field in self.fields if isinstance(field, Prose)}

    def field(self, name: str) -> Field | None:
        """Return the field called *name*, or nothing."""
        return next((field for field in self.fields if field.name == name), None)


def plain(**labels: str) -> dict[str, Value]:
    """Make values that have no weight; ``_`` in a name stands for a hyphen."""
    return {name.replace("_", "-"): Value(label) for name, label in labels.items()}


AUDIENCE = plain(
    prescriber="Prescribers",
    therapist="Therapists",
    nurse="Nurses",
    clinic_admin="Clinic managers",
    referring_clinician="Referring clinicians",
    trainee="Trainees",
    patient="Patients",
    relative="Relatives",
)
TOPIC = plain(
    basics="Basics",
    evidence="Evidence",
    eligibility="Eligibility",
    suicidality="Suicidality",
    medicines="Other medicines",
    dosing="Dosing",
    routes="Routes",
    preparation="Preparation",
    experience="The experience",
    safety="Safety",
    monitoring="Monitoring",
    aftercare="After the session",
    dependence="Dependence",
    integration="Integration",
    follow_up="Follow-up",
    at_home="At home",
    esketamine="Esketamine",
    law="Law",
    cost="Cost",
    training="Training",
    roles="Roles",
    ethics="Ethics",
    trauma="Trauma",
    culture="Culture",
    operations="Running a service",
    choosing="Choosing a provider",
)
DRUG = plain(ketamine="Ketamine", esketamine="Esketamine")
SYSTEM = plain(
    cardiovascular="Heart and vessels",
    neurological="Brain and nerves",
    psychiatric="Mental health",
    substance_use="Substance use",
    hepatic_biliary="Liver and bile ducts",
    urinary_renal="Bladder and kidneys",
    endocrine_metabolic="Hormones and metabolism",
    respiratory_airway="Lungs and airway",
    reproductive="Pregnancy and breastfeeding",
    age="Age",
    allergy="Allergy",
    other="Other",
)
ROUTE = plain(
    nasal="Nasal",
    intravenous="Intravenous",
    intramuscular="Intramuscular",
    oral="Oral",
    sublingual="Sublingual",
    recreational="Recreational use",
    any="Any route",
)
# GRADE's four words with its own symbols (Guyatt GH et al. BMJ 2008;336:924-6), and one for what
# cannot be graded.
CERTAINTY = {
    "high": Value("High", symbol="⊕⊕⊕⊕"),
    "moderate": Value("Moderate", symbol="⊕⊕⊕○"),
    "low": Value("Low", symbol="⊕⊕○○"),
    "very-low": Value("Very low", symbol="⊕○○○"),
    "not-graded": Value("Not graded"),
}
STATUS = {
    "labelled": Value("Labelled", 1, "●"),
    "off-label": Value("Off-label", 2, "○"),
    "research": Value("Research only", 2, "◇"),
}
COUNTRY = plain(
    us="US", eu="EU", uk="UK", ca="Canada", au="Australia", nz="New Zealand", ch="Switzerland",
    de="Germany", any="everywhere",
)  # fmt: skip

# The answer in one line, for lists and cards; the other fields hold the reasons.
IN_SHORT = Prose("in-short", "In short")

QUESTION = Kind(
    name="question",
    label="Question",
    plural="Questions",
    fields=(
        Choice("audience", "Asked by", AUDIENCE, many=True, shown=False),
        Choice("topic", "Topic", TOPIC, shown=False),
        Text("also-asked", "Also asked as", many=True, shown=False),
    ),
    columns=("title", "topic", "audience"),
    has_text=True,
)
CONTRAINDICATION = Kind(
    name="contraindication",
    label="Contraindication",
    plural="Contraindications and cautions",
    fields=(
        Choice(
            "category",
            "Category",
            {
                "absolute": Value("Absolute", 4, "■"),
                "relative": Value("Relative", 3, "◆"),
                "caution": Value("Caution", 2, "▲"),
            },
        ),
        Choice("applies-to", "Applies to", DRUG, many=True),
        Choice("system", "System", SYSTEM),
        IN_SHORT,
        Prose("why", "Why", required=True),
        Prose("action", "What to do"),
        Prose("practice", "Practice point"),
    ),
    columns=("title", "category", "applies-to", "system"),
    one_of=(("action", "practice"),),
)
INTERACTION = Kind(
    name="interaction",
    label="Interaction",
    plural="Interactions",
    fields=(
        Choice(
            "severity",
            "Severity",
            {
                "avoid": Value("Avoid", 4, "■"),
                "caution": Value("Caution", 3, "◆"),
                "monitor": Value("Monitor", 2, "▲"),
                "minor": Value("Minor", 1, "○"),
                "none-known": Value("None known"),
            },
        ),
        Choice(
            "mechanism",
            "Mechanism",
            plain(pharmacodynamic="Pharmacodynamic", pharmacokinetic="Pharmacokinetic"),
        ),
        Choice("certainty", "Certainty", CERTAINTY),
        Text("examples", "Examples", required=True),
        IN_SHORT,
        Prose("effect", "Effect", required=True),
        Prose("action", "What to do"),
        Prose("practice", "Practice point"),
        Prose("because", "Why this certainty", required=True),
    ),
    columns=("title", "severity", "certainty", "effect"),
    one_of=(("action", "practice"),),
)
ADVERSE_EFFECT = Kind(
    name="adverse-effect",
    label="Adverse effect",
    plural="Adverse effects",
    fields=(
        Choice(
            "timing",
            "Timing",
            {
                "acute": Value("Acute"),
                "subacute": Value("Next days"),
                "long-term": Value("Long-term"),
            },
        ),
        Choice("routes", "Seen with", ROUTE, many=True),
        Text("also-called", "Also called", many=True),
        IN_SHORT,
        Prose("frequency", "How often", required=True),
        Prose("course", "Course"),
        Prose("watch", "Watch for"),
        Prose("action", "What to do"),
        Prose("practice", "Practice point"),
        Prose("red-flags", "Red flags"),
    ),
    columns=("title", "timing", "routes", "red-flags"),
    one_of=(("action", "practice"),),
)
PRACTICE_POINT = Kind(
    name="practice-point",
    label="Practice point",
    plural="Practice points",
    fields=(
        Text("by", "Whose practice", required=True),
        Prose("because", "Why it is only practice", required=True),
    ),
    columns=("title", "by", "because"),
    has_text=True,
)

DOSE = Kind(
    name="dose",
    label="Published dose",
    plural="Published doses",
    fields=(
        Choice(
            "route",
            "Route",
            {
                "intravenous": Value("Intravenous"),
                "intramuscular": Value("Intramuscular"),
                "subcutaneous": Value("Subcutaneous"),
                "nasal": Value("Nasal"),
                "sublingual": Value("Sublingual"),
                "oral": Value("Oral"),
            },
            many=True,
        ),
        Choice(
            "product",
            "Product",
            plain(
                racemic="Racemic ketamine",
                compounded="Compounded ketamine",
                esketamine="Esketamine",
            ),
        ),
        Choice(
            "strategy",
            "Strategy",
            plain(
                antidepressant="Antidepressant, drug alone",
                psycholytic="Psycholytic",
                psychedelic="Psychedelic",
                with_psychotherapy="With psychotherapy",
                anaesthetic="Anaesthetic, for contrast",
                pharmacokinetic="Pharmacokinetic study",
            ),
        ),
        Choice("status", "Label status", STATUS),
        Choice("countries", "Where", COUNTRY, many=True, required=False),
        Text("amount", "Amount", required=True),
        Text("duration", "Given over"),
        Text("spacing", "Spacing"),
        Text("observation", "Observed for"),
        IN_SHORT,
        Prose("setting", "Setting and source", required=True),
        Prose("note", "Note"),
    ),
    columns=("title", "route", "amount", "spacing", "status"),
)
INDICATION = plain(
    trd_racemic="Depression, racemic ketamine",
    trd_esketamine="Depression, esketamine",
    ect="Against electroconvulsive therapy",
    suicidality="Suicidal ideation",
    bipolar="Bipolar depression",
    ptsd="PTSD",
    anxiety="Anxiety disorders",
    ocd="Obsessive-compulsive disorder",
    alcohol="Alcohol",
    stimulants_opioids="Cocaine and opioids",
    chronic_pain="Chronic pain",
    existential_distress="Existential distress",
    eating_disorders="Eating disorders",
    perinatal="Perinatal depression",
    adolescents="Adolescents",
    older_adults="Older adults",
    kap="Ketamine with psychotherapy",
    durability="Durability and maintenance",
    predictors="Predictors of response",
    foundations="Foundations",
)
FINDING = Kind(
    name="finding",
    label="Finding",
    plural="Findings",
    fields=(
        Choice("topic", "Topic", INDICATION, shown=False),
        Choice("certainty", "Certainty", CERTAINTY),
        Choice(
            "direction",
            "Direction",
            {
                "favours": Value("Favours ketamine", 1, "▲"),
                "no-difference": Value("No clear difference", 1, "◆"),
                "against": Value("Favours the comparator", 3, "▼"),
                "unclear": Value("Unclear", 1, "○"),
            },
        ),
        Text("population", "Population", required=True),
        Text("intervention", "Intervention", required=True),
        Text("comparator", "Comparator", required=True),
        Text("outcome", "Outcome", required=True),
        Text("participants", "Participants"),
        Prose("effect", "Effect", required=True),
        Prose("because", "Why this certainty", required=True),
        Prose("meaning", "What it means"),
    ),
    columns=("title", "effect", "certainty"),
)
CLAIM = Kind(
    name="claim",
    label="Public claim",
    plural="Public claims",
    fields=(
        Choice(
            "verdict",
            "Verdict",
            {
                "wrong": Value("Wrong", 4, "✕"),
                "unsupported": Value("Unsupported", 3, "◆"),
                "overstated": Value("Overstated", 3, "▲"),
                "unverifiable": Value("Unverifiable", 2, "○"),
                "opinion": Value("Opinion", 1, "◇"),
                "supported-with-limits": Value("Supported with limits", 1, "◐"),
                "supported": Value("Supported", 1, "●"),
            },
        ),
        Choice("certainty", "Certainty", CERTAINTY, required=False),
        Choice("safety-critical", "Bears on safety", plain(yes="Yes", no="No"), required=False),
        Prose("evidence", "What the evidence says", required=True),
        Prose("say", "What to say", required=False),
    ),
    columns=("title", "verdict", "evidence"),
)
CHECKLIST = Kind(
    name="checklist",
    label="Checklist",
    plural="Checklists",
    fields=(
        Choice(
            "phase",
            "Phase",
            plain(
                referral="Referral",
                assessment="Assessment",
                preparation="Preparation",
                before="Before dosing",
                during="During the session",
                after="After the session",
                integration="Integration",
                ending="Ending",
                service="Running a service",
            ),
        ),
        Text("by", "Done by"),
        Prose("because", "What it rests on", required=True),
    ),
    columns=("title", "phase", "by"),
    has_text=True,
)
EMERGENCY = Kind(
    name="emergency",
    label="Emergency",
    plural="Emergencies",
    fields=(
        Prose("first-move", "First move", required=True),
        Prose("recognise", "Recognise", required=True),
        Prose("do-now", "Do now", required=True),
        Prose("call-when", "Call when", required=True),
        Prose("note", "Note"),
        Prose("afterwards", "Afterwards"),
    ),
    columns=("title", "first-move"),
)
THRESHOLD = Kind(
    name="threshold",
    label="Threshold",
    plural="Thresholds and readings",
    fields=(
        Choice(
            "phase",
            "When",
            plain(before="Before the dose", during="During the session", after="Before leaving"),
            many=True,
        ),
        Prose("because", "What it rests on"),
    ),
    columns=("title", "phase"),
    has_text=True,
)
PATIENT_ADVICE = Kind(
    name="patient-advice",
    label="What to tell",
    plural="What to tell patients and escorts",
    fields=(
        Choice("to", "Said to", plain(patient="Patient", escort="Escort"), many=True),
        Choice(
            "phase",
            "When",
            plain(before="Before the session", after="Before going home"),
            many=True,
        ),
        Prose("because", "What it rests on"),
    ),
    columns=("title", "to", "phase"),
    has_text=True,
)
TERM = Kind(
    name="term",
    label="Term",
    plural="Terms",
    fields=(
        Text("also-called", "Also called", many=True),
        Text("brands", "Brands", many=True),
        Text("slang", "Slang", many=True),
        Text("lay", "In plain words", many=True),
        Text("misspelt", "Often misspelt", many=True, shown=False),
        Choice("marked", "Marked in the text", plain(no="No"), required=False, shown=False),
    ),
    columns=("title", "also-called", "brands"),
    has_text=True,
)
SELF_CHECK = Kind(
    name="self-check",
    label="Self-check",
    plural="Self-checks",
    fields=(),
    columns=("title",),
    has_text=True,
    asks=True,
)

KINDS = {
    kind.name: kind
    for kind in (
        QUESTION,
        CONTRAINDICATION,
        INTERACTION,
        ADVERSE_EFFECT,
        DOSE,
        FINDING,
        CLAIM,
        CHECKLIST,
        PRACTICE_POINT,
        EMERGENCY,
        THRESHOLD,
        PATIENT_ADVICE,
        TERM,
        SELF_CHECK,
    )
}
