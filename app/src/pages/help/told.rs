//! What the help says of each task. The names of buttons, links and headings are the texts of the pages that have them, so that
//! who renames one renames it here.

use super::Task;
use crate::texts::{
    Named, Text, cases, codes, common, drafts, help::*, history, imports, lists, log, notes, notices, plan, problems,
    register, register_import, seen, signals, supervision, timeline, versions, work,
};
use plein_domain::{case::SubjectVerdict, import::Verdict, ledger::LineKind, version::Stance};

/// A sentence, and the names that stand in its places.
pub(super) struct Said {
    pub text: Text,
    pub names: Vec<Text>,
}

/// What there is to say of a task.
pub(super) struct Told {
    pub steps: Vec<Said>,
    pub logged: Said,
    /// What goes wrong most, and what to do then.
    pub wrong: Vec<(Text, Said)>,
}

fn said(text: Text, names: &[Text]) -> Said {
    Said { text, names: names.to_vec() }
}

/// What there is to say of this task.
pub(super) fn told(task: Task) -> Told {
    match task {
        Task::StatePurpose => purpose(),
        Task::MyWork => my_work(),
        Task::LogSignal => log_signal(),
        Task::FindSignals => find_signals(),
        Task::TakeInList => take_in_list(),
        Task::OpenCase => open_case(),
        Task::KeepCase => keep_case(),
        Task::WritePlan => write_plan(),
        Task::AdoptPlan => adopt_plan(),
        Task::WhoViewed => who_viewed(),
        Task::TakeInRegister => take_in_register(),
        Task::Supervise => supervise(),
    }
}

fn purpose() -> Told {
    Told {
        steps: vec![
            said(PURPOSE_1, &[problems::PURPOSE]),
            said(PURPOSE_2, &[]),
            said(PURPOSE_3, &[problems::PURPOSE_ONE, problems::PURPOSE_GO_ON]),
            said(PURPOSE_4, &[problems::PURPOSE_LEAVE]),
        ],
        logged: said(PURPOSE_LOGGED, &[]),
        wrong: vec![
            (PURPOSE_WRONG_1, said(PURPOSE_RIGHT_1, &[common::SIGN_OUT])),
            (PURPOSE_WRONG_2, said(PURPOSE_RIGHT_2, &[])),
        ],
    }
}

fn my_work() -> Told {
    Told {
        steps: vec![
            said(WORK_1, &[common::WORK]),
            said(WORK_2, &[versions::WAITING]),
            said(WORK_3, &[history::CHANGED]),
            said(WORK_4, &[work::INTERVENTIONS]),
            said(WORK_5, &[work::DRAFTS]),
            said(WORK_6, &[notices::TITLE, notices::MARK]),
        ],
        logged: said(WORK_LOGGED, &[]),
        wrong: vec![(WORK_WRONG_1, said(WORK_RIGHT_1, &[])), (WORK_WRONG_2, said(WORK_RIGHT_2, &[]))],
    }
}

fn log_signal() -> Told {
    Told {
        steps: vec![
            said(LOG_1, &[common::WORK, common::SIGNALS, signals::NEW]),
            said(LOG_2, &[signals::Q_FACTS, signals::Q_SUSPICION]),
            said(LOG_3, &[drafts::NEXT, drafts::SAVE, common::WORK]),
            said(LOG_4, &[signals::Q_OFFERED]),
            said(LOG_5, &[drafts::CHECK, drafts::ANSWERS_CHANGE]),
            said(LOG_6, &[drafts::SEND_NEW_SIGNAL]),
        ],
        logged: said(LOG_LOGGED, &[LineKind::Logged.text()]),
        wrong: vec![(LOG_WRONG_1, said(LOG_RIGHT_1, &[])), (LOG_WRONG_2, said(LOG_RIGHT_2, &[signals::EDIT]))],
    }
}

fn find_signals() -> Told {
    Told {
        steps: vec![
            said(FIND_1, &[common::SIGNALS]),
            said(FIND_2, &[lists::FOLD, lists::SHOW]),
            said(FIND_3, &[lists::CLEAR]),
            said(FIND_4, &[lists::KEEP, lists::KEEP_DO]),
            said(FIND_5, &[lists::VIEWS_MANAGE]),
            said(FIND_6, &[common::CASES]),
        ],
        logged: said(FIND_LOGGED, &[LineKind::Listed.text()]),
        wrong: vec![(FIND_WRONG_1, said(FIND_RIGHT_1, &[])), (FIND_WRONG_2, said(FIND_RIGHT_2, &[]))],
    }
}

fn take_in_list() -> Told {
    let [fine, look, cannot] = [Verdict::Fine, Verdict::Look, Verdict::Cannot].map(Named::text);
    Told {
        steps: vec![
            said(TAKE_IN_1, &[common::SIGNALS, imports::TITLE]),
            said(TAKE_IN_2, &[imports::GIVE]),
            said(TAKE_IN_3, &[imports::JUDGE]),
            said(TAKE_IN_4, &[fine, look, cannot, imports::CORRECT]),
            said(TAKE_IN_5, &[imports::TAKE_IN]),
            said(TAKE_IN_6, &[]),
        ],
        logged: said(TAKE_IN_LOGGED, &[LineKind::ListTakenIn.text(), LineKind::Logged.text()]),
        wrong: vec![(TAKE_IN_WRONG_1, said(TAKE_IN_RIGHT_1, &[])), (TAKE_IN_WRONG_2, said(TAKE_IN_RIGHT_2, &[]))],
    }
}

fn open_case() -> Told {
    Told {
        steps: vec![
            said(OPEN_CASE_1, &[common::WORK, common::CASES, cases::OPEN_NEW]),
            said(OPEN_CASE_2, &[cases::CHOOSE_SIGNALS]),
            said(OPEN_CASE_3, &[common::YES]),
            said(OPEN_CASE_4, &[cases::Q_SHARED]),
            said(OPEN_CASE_5, &[]),
            said(OPEN_CASE_6, &[drafts::SEND_OPEN_CASE]),
        ],
        logged: said(OPEN_CASE_LOGGED, &[LineKind::CaseOpened.text()]),
        wrong: vec![
            (OPEN_CASE_WRONG_1, said(OPEN_CASE_RIGHT_1, &[])),
            (OPEN_CASE_WRONG_2, said(OPEN_CASE_RIGHT_2, &[])),
        ],
    }
}

fn keep_case() -> Told {
    let [same, different, undecided] =
        [SubjectVerdict::Same, SubjectVerdict::Different, SubjectVerdict::Undecided].map(Named::text);
    let done = [LineKind::NoteWritten, LineKind::TeamChanged, LineKind::SubjectsJudged].map(Named::text);
    Told {
        steps: vec![
            said(CASE_1, &[cases::WAITS]),
            said(CASE_2, &[notes::WRITE]),
            said(CASE_3, &[seen::TITLE, same, different, undecided]),
            said(CASE_4, &[cases::CHANGE_TEAM, cases::LINK_ANOTHER]),
            said(CASE_5, &[cases::UNLINK]),
            said(CASE_6, &[timeline::TITLE, history::TITLE]),
        ],
        logged: said(CASE_LOGGED, &done),
        wrong: vec![(CASE_WRONG_1, said(CASE_RIGHT_1, &[])), (CASE_WRONG_2, said(CASE_RIGHT_2, &[]))],
    }
}

fn write_plan() -> Told {
    let lines = [LineKind::Edited, LineKind::Exported, LineKind::Printed].map(Named::text);
    Told {
        steps: vec![
            said(PLAN_1, &[plan::TITLE, plan::BEGIN]),
            said(PLAN_2, &[]),
            said(PLAN_3, &[EDITOR_INTERVENTION]),
            said(PLAN_4, &[EDITOR_COMMENT]),
            said(PLAN_5, &[EDITOR_SAVED]),
        ],
        logged: said(PLAN_LOGGED, &lines),
        wrong: vec![(PLAN_WRONG_1, said(PLAN_RIGHT_1, &[])), (PLAN_WRONG_2, said(PLAN_RIGHT_2, &[versions::TITLE]))],
    }
}

fn adopt_plan() -> Told {
    let lines = [LineKind::VersionKept, LineKind::VersionProposed, LineKind::PositionTaken, LineKind::VersionAdopted]
        .map(Named::text);
    Told {
        steps: vec![
            said(ADOPT_1, &[versions::TITLE, versions::KEEP]),
            said(ADOPT_2, &[versions::PROPOSE]),
            said(ADOPT_3, &[common::WORK, Stance::Agrees.text(), Stance::Dissents.text(), versions::ANSWER]),
            said(ADOPT_4, &[]),
            said(ADOPT_5, &[versions::ADOPT]),
            said(ADOPT_6, &[versions::COMPARE]),
        ],
        logged: said(ADOPT_LOGGED, &lines),
        wrong: vec![(ADOPT_WRONG_1, said(ADOPT_RIGHT_1, &[])), (ADOPT_WRONG_2, said(ADOPT_RIGHT_2, &[]))],
    }
}

fn who_viewed() -> Told {
    Told {
        steps: vec![
            said(VIEWED_1, &[signals::WHO_LOOKED]),
            said(VIEWED_2, &[]),
            said(VIEWED_3, &[LineKind::Refused.text()]),
            said(VIEWED_4, &[common::MY_VIEWINGS]),
        ],
        logged: said(VIEWED_LOGGED, &[LineKind::Searched.text()]),
        wrong: vec![(VIEWED_WRONG_1, said(VIEWED_RIGHT_1, &[])), (VIEWED_WRONG_2, said(VIEWED_RIGHT_2, &[]))],
    }
}

fn take_in_register() -> Told {
    Told {
        steps: vec![
            said(REGISTER_1, &[common::REGISTER, register::TAKE_IN]),
            said(REGISTER_2, &[imports::GIVE]),
            said(REGISTER_3, &[imports::JUDGE]),
            said(REGISTER_4, &[register_import::END]),
            said(REGISTER_5, &[register_import::CONFIRM_ALL, register_import::CONFIRM_POSSIBLE]),
            said(REGISTER_6, &[register::ALL_VERSIONS]),
        ],
        logged: said(REGISTER_LOGGED, &[LineKind::RegisterTakenIn.text()]),
        wrong: vec![(REGISTER_WRONG_1, said(REGISTER_RIGHT_1, &[])), (REGISTER_WRONG_2, said(REGISTER_RIGHT_2, &[]))],
    }
}

fn supervise() -> Told {
    Told {
        steps: vec![
            said(WATCHES_1, &[common::ACCESS_LOG, codes::SUPERVISION]),
            said(WATCHES_2, &[lists::FOLD_FILTERS, lists::SHOW]),
            said(WATCHES_3, &[LineKind::Refused.text()]),
            said(WATCHES_4, &[log::OLDER]),
            said(WATCHES_5, &[supervision::WHO_SAW, supervision::LOOK_UP]),
            said(WATCHES_6, &[supervision::PRINT]),
            said(WATCHES_7, &[supervision::CHECKPOINTS, supervision::CP_EXPORT_DO]),
        ],
        logged: said(WATCHES_LOGGED, &[LineKind::Searched.text(), LineKind::SubjectLookedUp.text()]),
        wrong: vec![
            (WATCHES_WRONG_1, said(WATCHES_RIGHT_1, &[])),
            (WATCHES_WRONG_2, said(WATCHES_RIGHT_2, &[log::DESTROYED])),
        ],
    }
}
