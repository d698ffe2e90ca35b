//! Words that a list uses for what is called otherwise here: departments, phenomena, channels. What must never happen
//! here: a word that could mean two things taken for one of them.

use crate::{identifier::folded, signal::*, subject::SubjectRole};

/// What a word was taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found<T> {
    /// It is called so, or so by everybody.
    Sure(T),
    /// Nearly: a typing error, or the first of several.
    Guess(T),
    /// Nothing that is known.
    Nothing,
}

/// What other municipal lists call a phenomenon, by its Dutch name of the list that Plein comes with. A municipality
/// whose list has other names gets no more than these names themselves and their typing errors.
const PHENOMENA: &[(&str, &[&str])] = &[
    (
        "mensenhandel en -smokkel",
        &["mensenhandel", "mensensmokkel", "mensenhandel/smokkel", "loverboy", "criminele uitbuiting"],
    ),
    ("arbeidsuitbuiting", &["uitbuiting op het werk", "uitbuiting van werknemers"]),
    ("hennepteelt", &["hennep", "drugs - hennep", "hennepkwekerij", "wietplantage", "wietkwekerij", "wietteelt"]),
    ("synthetische drugs en drugsafval", &["synthetische drugs", "drugsafval", "drugsdumping", "drugslab"]),
    ("drugshandel", &["drugs (handel)", "handel in drugs", "handel in verdovende middelen", "dealen", "dealpand"]),
    ("vastgoedfraude", &["vastgoed/huisjesmelkerij", "huisjesmelker", "huisjesmelkerij", "malafide verhuur"]),
    ("adresfraude", &["brp-fraude", "adresfraude/brp", "woonfraude", "spookbewoning"]),
    (
        "witwassen en financieel-economische criminaliteit",
        &[
            "witwassen",
            "witwas",
            "witwassen/fraude",
            "fin.-ec. criminaliteit",
            "financieel-economische criminaliteit",
            "witwassen en fin.-ec. crim.",
            "finec",
            "faillissementsfraude",
        ],
    ),
    ("zorgfraude", &["wmo-fraude", "pgb-fraude", "zorgfraude (pgb)"]),
    ("outlawmotorgangs", &["omg", "outlaw motorgang", "motorbende", "motorclub"]),
    (
        "illegale prostitutie",
        &["thuisprostitutie", "seksinrichting zonder vergunning", "illegale prostitutie/massagesalon"],
    ),
    ("illegaal gokken", &["gokken", "illegale gokzuil", "illegale gokzuilen", "kansspelen", "pokeravonden"]),
    (
        "intimidatie en afpersing",
        &["intimidatie", "afpersing", "intimidatie/afpersing", "bedreiging", "bedreiging ondernemer"],
    ),
    ("autobranche", &["autobranche / garages", "malafide autobedrijf", "autoverhuur"]),
    (
        "malafide uitzendbureaus",
        &[
            "uitzendbureaus (malafide)",
            "malafide uitzendbureau",
            "malafide uitzendburo",
            "uitzendbureau",
            "uitzendburo's",
        ],
    ),
    (
        "buitengebied en kassen",
        &["buitengebied", "buitengebied/kassen", "kassen", "kassen & loodsen", "leegstaande kas"],
    ),
    ("vakantieparken", &["vakantiepark", "vakantieparken/camping", "camping"]),
    (
        "wapens en explosieven",
        &["wapens", "explosieven", "wapens/explosie", "wapens/explosieven", "plofaanslag", "zwaar vuurwerk"],
    ),
    ("cybercrime", &["phishing", "whatsappfraude", "bankhelpdeskfraude", "online oplichting"]),
    ("inmenging in het bestuur", &["inmenging", "inmenging bestuur", "integriteit bestuur"]),
];

/// The same for departments.
const DEPARTMENTS: &[(&str, &[&str])] = &[
    ("openbare orde en veiligheid", &["oov", "veiligheid", "openbare orde"]),
    ("vergunningen", &["verg.", "team vergunningen"]),
    ("toezicht en handhaving", &["t&h", "handhaving"]),
    ("burgerzaken (brp)", &["brp", "burgerzaken", "burgerz."]),
    ("belastingen", &["belasting", "gem. belastingen", "gemeentelijke belastingen"]),
    ("werk en inkomen", &["w&i", "sociale zaken (w&i)"]),
    ("jeugd en zorg (wmo)", &["jeugd en zorg", "wmo", "wmo/jeugd"]),
    ("vastgoed en grondzaken", &["vastgoed", "grondzaken", "vastgoed & grond"]),
    ("economie", &["ez", "economische zaken"]),
    ("juridische zaken (bibob)", &["bibob", "juridische zaken", "jur. zaken", "jz-bibob"]),
];

const CHANNELS: &[(Channel, &[&str])] = &[
    (Channel::Own, &["eigen waarneming", "eigen wrn", "zelf gezien", "own observation"]),
    (Channel::Citizen, &["burger", "burgermelding", "bewoner", "inwoner", "mail inwoner", "resident"]),
    (Channel::Telephone, &["telefoon", "inwoner (tel)", "tel."]),
    (Channel::Chat, &["whatsapp", "chat", "app"]),
    (Channel::Professional, &["professional", "ketenpartner", "externe partner"]),
    (Channel::Anonymous, &["m.m.", "meld misdaad anoniem", "anoniem (m.m.)"]),
    (Channel::Police, &["politie", "pol.", "wijkagent", "police"]),
    (Channel::Riec, &["riec"]),
    (Channel::Project, &["project", "project buitengebied", "integrale controle"]),
    (Channel::EnforcementRequest, &["handhavingsverzoek", "handhavingsverz.", "hhv"]),
];

const RELIABILITIES: &[(Reliability, &[&str])] = &[
    (Reliability::Confirmed, &["bevestigd", "confirmed"]),
    (Reliability::Reliable, &["betrouwbaar", "zeer betrouwbaar", "hoog", "reliable"]),
    (Reliability::Doubtful, &["twijfelachtig", "laag", "matig", "redelijk", "+/-", "doubtful"]),
    (Reliability::Unknown, &["niet te beoordelen", "onbekend", "?", "unknown"]),
];

const REPORTERS: &[(ReporterKind, &[&str])] = &[
    (ReporterKind::Anonymous, &["anoniem", "anonymous"]),
    (
        ReporterKind::Resident,
        &[
            "bewoner",
            "buurman",
            "buurvrouw",
            "buurtbewoner",
            "omwonende",
            "huurder",
            "wandelaar",
            "ouder",
            "familielid",
            "inwoner",
            "bewoner (naam bekend)",
        ],
    ),
    (ReporterKind::Entrepreneur, &["ondernemer", "winkelier", "bedrijf ernaast", "makelaar", "pachter"]),
    (
        ReporterKind::Partner,
        &[
            "politie",
            "wijkagent",
            "basisteam",
            "riec",
            "accountmanager riec",
            "woningcorporatie",
            "waterschap",
            "omgevingsdienst",
            "netbeheerder",
        ],
    ),
    (
        ReporterKind::Official,
        &[
            "boa",
            "wijkboa",
            "toezichthouder",
            "inspecteur",
            "baliemedewerker",
            "medewerker brp",
            "medewerker heffen",
            "adrescontroleur",
            "vergunningverlener",
            "klantmanager",
            "invorderaar",
            "taxateur",
            "sociaal rechercheur",
        ],
    ),
];

const ROLES: &[(SubjectRole, &[&str])] = &[
    (SubjectRole::Owner, &["eigenaar", "verhuurder"]),
    (SubjectRole::Tenant, &["huurder", "bewoner", "gebruiker"]),
    (SubjectRole::Director, &["bestuurder", "directeur"]),
    (SubjectRole::Victim, &["slachtoffer"]),
    (SubjectRole::Witness, &["getuige"]),
    (SubjectRole::Involved, &["contactpersoon", "betrokkene"]),
];

/// What stands in a cell of which somebody knew nothing to write.
const NOTHING: &[&str] = &[
    "",
    "-",
    "--",
    "?",
    "??",
    "n.v.t.",
    "nvt",
    "n.b.",
    "nb",
    "onb.",
    "onb",
    "onbekend",
    "geen",
    "n.n.",
    "nn",
    "bewoner?",
    "unknown",
    "zie omschrijving",
];

/// Whether a cell says that there is nothing to say.
pub(super) fn says_nothing(text: &str) -> bool {
    NOTHING.contains(&folded(text).as_str())
}

/// A word as it is compared: small letters and digits only, without the small words that people leave out.
pub(crate) fn key(text: &str) -> String {
    let plain: String = folded(text).chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    plain.split_whitespace().filter(|word| !matches!(*word, "en" | "and")).collect::<Vec<_>>().join(" ")
}

/// What the things of a configured list are called, with the place of each in that list.
pub(super) struct Vocabulary(Vec<(String, usize)>);

impl Vocabulary {
    /// Of phenomena, by their Dutch names.
    pub(super) fn of_phenomena<'a>(names: impl Iterator<Item = &'a str>) -> Self {
        Self::of(names, PHENOMENA)
    }

    /// Of departments.
    pub(super) fn of_departments<'a>(names: impl Iterator<Item = &'a str>) -> Self {
        Self::of(names, DEPARTMENTS)
    }

    fn of<'a>(names: impl Iterator<Item = &'a str>, table: &[(&str, &[&str])]) -> Self {
        let mut known = Vec::new();
        for (index, name) in names.enumerate() {
            let own = key(name);
            let others = table.iter().filter(|(of, _)| key(of) == own).flat_map(|(_, words)| *words);
            known.extend(others.map(|word| (key(word), index)));
            known.push((own, index));
        }
        Self(known)
    }

    /// Which of them is meant.
    pub(super) fn find(&self, written: &str) -> Found<usize> {
        let found = nearest(&key(written), &self.0);
        if found != Found::Nothing {
            return found;
        }
        // Several in one cell: the first, and somebody looks.
        let parts: Vec<&str> = written.split([';', '/', ',']).map(str::trim).filter(|part| !part.is_empty()).collect();
        match parts.as_slice() {
            [first, _, ..] => match nearest(&key(first), &self.0) {
                Found::Sure(index) | Found::Guess(index) => Found::Guess(index),
                Found::Nothing => Found::Nothing,
            },
            _ => Found::Nothing,
        }
    }
}

/// The one that is spelled so; else the only one that differs by a typing error or two.
fn nearest(word: &str, known: &[(String, usize)]) -> Found<usize> {
    if word.is_empty() {
        return Found::Nothing;
    }
    let joined = |text: &str| text.replace(' ', "");
    if let Some((_, index)) = known.iter().find(|(one, _)| joined(one) == joined(word)) {
        return Found::Sure(*index);
    }
    let allowed = match word.chars().count() {
        0..=5 => return Found::Nothing,
        6..=9 => 1,
        _ => 2,
    };
    let mut near: Vec<usize> =
        known.iter().filter(|(one, _)| within(one, word, allowed)).map(|(_, index)| *index).collect();
    near.dedup();
    match near.as_slice() {
        [index] => Found::Guess(*index),
        _ => Found::Nothing,
    }
}

/// Whether one becomes the other by at most so many letters more, less, changed, or swapped with the next one.
fn within(one: &str, other: &str, allowed: usize) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    if one.len().abs_diff(other.len()) > allowed {
        return false;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for i in 1..=one.len() {
        let mut row = vec![i];
        for j in 1..=other.len() {
            let change = usize::from(one[i - 1] != other[j - 1]);
            let mut least = (last[j] + 1).min(row[j - 1] + 1).min(last[j - 1] + change);
            if i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1] {
                least = least.min(before[j - 2] + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut last, row);
    }
    last[other.len()] <= allowed
}

fn exactly<T: Copy>(written: &str, table: &[(T, &[&str])]) -> Option<T> {
    let word = key(written);
    let sign = written.trim();
    table
        .iter()
        .find(|(_, words)| words.iter().any(|one| if word.is_empty() { *one == sign } else { key(one) == word }))
        .map(|(one, _)| *one)
}

pub(super) fn channel(written: &str) -> Option<Channel> {
    exactly(written, CHANNELS)
}

pub(super) fn reliability(written: &str) -> Option<Reliability> {
    exactly(written, RELIABILITIES)
}

pub(super) fn reporter(written: &str) -> Option<ReporterKind> {
    exactly(written, REPORTERS)
}

pub(super) fn role(written: &str) -> Option<SubjectRole> {
    exactly(written, ROLES)
}

/// Words in the name of an organisation.
pub(super) fn is_organisation(name: &str) -> bool {
    const FORMS: &[&str] =
        &["b v", "bv", "n v", "nv", "v o f", "vof", "stichting", "vereniging", "maatschap", "cv", "ltd", "gmbh"];
    const TRADES: &[&str] = &[
        "restaurant",
        "lunchroom",
        "eetcafe",
        "cafe",
        "slijterij",
        "handelsonderneming",
        "autohandel",
        "autobedrijf",
        "garage",
        "autocentrum",
        "carwash",
        "uitzendbureau",
        "administratie",
        "administratiekantoor",
        "thuiszorg",
        "zorgbureau",
        "zorggroep",
        "dagbesteding",
        "begeleiding",
        "beautysalon",
        "kapsalon",
        "shishalounge",
        "lounge",
        "traiteur",
        "groothandel",
        "transport",
        "beveiliging",
        "vastgoed",
        "payroll",
        "telecom",
        "vakantiepark",
        "autoverhuur",
        "lunchwinkel",
        "glastuinbouw",
        "personeel",
    ];
    let word = format!(" {} ", key(name));
    let has = |one: &&str| word.contains(&format!(" {one} "));
    FORMS.iter().any(|one| word.ends_with(&format!(" {one} ")) || word.starts_with(&format!(" {one} ")))
        || TRADES.iter().any(has)
}
