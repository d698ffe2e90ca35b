//! The tasks that there is help with.

use crate::texts::{Named, Text, common, help::*, imports};
use plein_domain::{form::FormKind, people::Role};

macro_rules! tasks {
    ($($task:ident = $code:literal: $title:ident, $want:ident, $alt:ident;)+) => {
        /// Something that people come to Plein to do.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Task { $($task),+ }

        impl Task {
            pub(crate) const ALL: &[Self] = &[$(Self::$task),+];

            /// The task in an address.
            pub(crate) const fn code(self) -> &'static str {
                match self { $(Self::$task => $code),+ }
            }

            pub(crate) fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|task| task.code() == code)
            }

            pub(crate) const fn title(self) -> Text {
                match self { $(Self::$task => $title),+ }
            }

            /// What somebody wants who has this task.
            pub(crate) const fn want(self) -> Text {
                match self { $(Self::$task => $want),+ }
            }

            /// What the picture shows, for who cannot see it.
            pub(crate) const fn alt(self) -> Text {
                match self { $(Self::$task => $alt),+ }
            }
        }
    };
}

tasks! {
    StatePurpose = "doel-kiezen": PURPOSE, PURPOSE_WANT, PURPOSE_ALT;
    MyWork = "mijn-werk": WORK, WORK_WANT, WORK_ALT;
    LogSignal = "signaal-vastleggen": LOG, LOG_WANT, LOG_ALT;
    FindSignals = "signalen-zoeken": FIND, FIND_WANT, FIND_ALT;
    TakeInList = "lijst-inlezen": TAKE_IN, TAKE_IN_WANT, TAKE_IN_ALT;
    OpenCase = "casus-openen": OPEN_CASE, OPEN_CASE_WANT, OPEN_CASE_ALT;
    KeepCase = "casus-bijhouden": CASE, CASE_WANT, CASE_ALT;
    WritePlan = "plan-schrijven": PLAN, PLAN_WANT, PLAN_ALT;
    AdoptPlan = "plan-vaststellen": ADOPT, ADOPT_WANT, ADOPT_ALT;
    WhoViewed = "wie-keek": VIEWED, VIEWED_WANT, VIEWED_ALT;
    TakeInRegister = "verwerkingsregister": REGISTER, REGISTER_WANT, REGISTER_ALT;
    Supervise = "toezicht": WATCHES, WATCHES_WANT, WATCHES_ALT;
}

impl Task {
    /// What people do on the page at this path, if it is one of these tasks.
    pub(crate) fn of(path: &str) -> Option<Self> {
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        Some(match parts.as_slice() {
            [] | ["meldingen"] => Self::MyWork,
            ["signalen"] | ["weergaven", ..] => Self::FindSignals,
            ["signalen", "inlezen", ..] => Self::TakeInList,
            [.., "inzagen"] | ["mijn-inzagen"] => Self::WhoViewed,
            ["signalen", ..] => Self::LogSignal,
            ["casussen", _, "koppelen"] => Self::OpenCase,
            ["casussen", _, "plan", "versies" | "vergelijken", ..] => Self::AdoptPlan,
            ["casussen", _, "plan", ..] => Self::WritePlan,
            ["casussen", ..] => Self::KeepCase,
            ["verwerkingsregister", "inlezen", ..] => Self::TakeInRegister,
            ["toezicht", ..] => Self::Supervise,
            _ => return None,
        })
    }

    /// What people do with a form of this kind; its path does not tell.
    pub(crate) const fn of_form(kind: FormKind) -> Self {
        match kind {
            FormKind::NewSignal | FormKind::EditSignal => Self::LogSignal,
            FormKind::OpenCase | FormKind::LinkSignal => Self::OpenCase,
            FormKind::UnlinkSignal | FormKind::Team => Self::KeepCase,
        }
    }

    /// Who has this task.
    pub(crate) fn whom(self) -> Vec<Text> {
        match self {
            Self::StatePurpose | Self::MyWork => vec![EVERYBODY],
            Self::LogSignal => vec![Role::Member.text()],
            Self::FindSignals | Self::TakeInList | Self::WhoViewed => {
                vec![Role::Member.text(), Role::Coordinator.text()]
            }
            Self::OpenCase => vec![Role::Coordinator.text()],
            Self::KeepCase | Self::WritePlan | Self::AdoptPlan => vec![TEAM],
            Self::TakeInRegister => vec![Role::PrivacyOfficer.text()],
            Self::Supervise => vec![Role::Fg.text()],
        }
    }

    /// Where it begins: the path of a page, and what that page is called.
    pub(crate) const fn place(self) -> Option<(&'static str, Text)> {
        match self {
            Self::StatePurpose => None,
            Self::MyWork => Some(("/", common::WORK)),
            Self::LogSignal | Self::FindSignals => Some(("/signalen", common::SIGNALS)),
            Self::TakeInList => Some(("/signalen/inlezen", imports::TITLE)),
            Self::OpenCase | Self::KeepCase | Self::WritePlan | Self::AdoptPlan => Some(("/casussen", common::CASES)),
            Self::WhoViewed => Some(("/mijn-inzagen", common::MY_VIEWINGS)),
            Self::TakeInRegister => Some(("/verwerkingsregister", common::REGISTER)),
            Self::Supervise => Some(("/toezicht/inzagelog", common::ACCESS_LOG)),
        }
    }
}
