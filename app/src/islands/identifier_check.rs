//! Tells, while somebody types, whether an identifier can be right. The server judges; this only helps.

use leptos::prelude::*;

/// What it says of the field, after a pause in typing.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "only the browser judges"))]
enum Verdict {
    Nothing,
    Right,
    Wrong(String),
}

/// Checks the field with this id by the rule of the kind chosen in the other field.
#[island]
pub fn IdentifierCheck(
    field: String,
    kind_field: String,
    right: String,
    faults: Vec<(String, String)>,
) -> impl IntoView {
    let verdict = RwSignal::new(Verdict::Nothing);
    #[cfg(feature = "hydrate")]
    browser::watch(field, kind_field, faults, verdict);
    #[cfg(not(feature = "hydrate"))]
    let _ = (field, kind_field, faults);
    let name = move || match verdict.get() {
        Verdict::Nothing => "nothing",
        Verdict::Right => "right",
        Verdict::Wrong(_) => "wrong",
    };
    view! {
        <p class="identifier-check" data-verdict=name role="status">
            {move || match verdict.get() {
                Verdict::Nothing => String::new(),
                Verdict::Right => right.clone(),
                Verdict::Wrong(fault) => fault,
            }}
        </p>
    }
}

#[cfg(feature = "hydrate")]
mod browser {
    use super::Verdict;
    use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*};
    use plein_domain::identifier::{Identifier, IdentifierKind};
    use std::{cell::RefCell, rc::Rc, time::Duration};
    use wasm_bindgen::{JsCast, closure::Closure};

    const PAUSE: Duration = Duration::from_millis(700);

    struct Checker {
        field: web_sys::HtmlInputElement,
        kind: web_sys::HtmlSelectElement,
        faults: Vec<(String, String)>,
        verdict: RwSignal<Verdict>,
        timer: RefCell<Option<TimeoutHandle>>,
    }

    pub(super) fn watch(field: String, kind_field: String, faults: Vec<(String, String)>, verdict: RwSignal<Verdict>) {
        Effect::new(move |_| {
            let field = document().get_element_by_id(&field).and_then(|one| one.dyn_into().ok());
            let kind = document().get_element_by_id(&kind_field).and_then(|one| one.dyn_into().ok());
            let (Some(field), Some(kind)) = (field, kind) else {
                return;
            };
            let checker = Checker { field, kind, faults: faults.clone(), verdict, timer: RefCell::new(None) };
            Rc::new(checker).listen();
        });
    }

    impl Checker {
        fn listen(self: Rc<Self>) {
            let typing = {
                let checker = self.clone();
                Closure::<dyn Fn()>::new(move || checker.clone().later())
            };
            let left = {
                let checker = self.clone();
                Closure::<dyn Fn()>::new(move || checker.judge())
            };
            let _ = self.field.add_event_listener_with_callback("input", typing.as_ref().unchecked_ref());
            let _ = self.field.add_event_listener_with_callback("blur", left.as_ref().unchecked_ref());
            let _ = self.kind.add_event_listener_with_callback("change", left.as_ref().unchecked_ref());
            typing.forget();
            left.forget();
        }

        fn later(self: Rc<Self>) {
            let checker = self.clone();
            let timer = set_timeout_with_handle(move || checker.judge(), PAUSE).ok();
            if let Some(earlier) = self.timer.replace(timer) {
                earlier.clear();
            }
        }

        fn judge(&self) {
            let typed = self.field.value();
            let verdict = match IdentifierKind::from_code(&self.kind.value()) {
                Some(kind) if !typed.trim().is_empty() => match Identifier::parse(kind, &typed) {
                    Ok(_) => Verdict::Right,
                    Err(fault) => {
                        let told = self.faults.iter().find(|(code, _)| code == fault.code());
                        told.map_or(Verdict::Nothing, |(_, text)| Verdict::Wrong(text.clone()))
                    }
                },
                _ => Verdict::Nothing,
            };
            self.verdict.set(verdict);
        }
    }
}
