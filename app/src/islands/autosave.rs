//! Saves the form around it while somebody types.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// What it says, in the language of the page.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AutosaveTexts {
    pub label: String,
    pub ready: String,
    pub unsaved: String,
    pub saving: String,
    pub saved: String,
    pub failed: String,
    pub signed_out: String,
    pub refused: String,
    pub elsewhere: String,
}

/// How it stands with what was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "only the browser gets beyond `Asleep`"))]
enum State {
    /// The program is not there yet; without JavaScript it stays so and nothing is said.
    Asleep,
    Ready,
    Unsaved,
    Saving,
    Saved(String),
    Failed,
    SignedOut,
    Refused,
    Elsewhere,
}

impl State {
    fn said(&self, texts: &AutosaveTexts) -> String {
        match self {
            Self::Asleep => String::new(),
            Self::Ready => texts.ready.clone(),
            Self::Unsaved => texts.unsaved.clone(),
            Self::Saving => texts.saving.clone(),
            Self::Saved(at) => format!("{} {at}", texts.saved),
            Self::Failed => texts.failed.clone(),
            Self::SignedOut => texts.signed_out.clone(),
            Self::Refused => texts.refused.clone(),
            Self::Elsewhere => texts.elsewhere.clone(),
        }
    }

    /// For the style sheet.
    const fn name(&self) -> &'static str {
        match self {
            Self::Asleep => "asleep",
            Self::Ready => "ready",
            Self::Unsaved => "unsaved",
            Self::Saving => "saving",
            Self::Saved(_) => "saved",
            Self::Failed | Self::SignedOut | Self::Refused | Self::Elsewhere => "failed",
        }
    }

    /// Whether it interrupts: only what somebody must act on is announced, not every pause in typing.
    const fn matters(&self) -> bool {
        matches!(self, Self::Failed | Self::SignedOut | Self::Refused | Self::Elsewhere)
    }
}

/// Saves the form with this id as this draft, a moment after the last key, and tells how that went.
#[island]
pub fn Autosave(draft: String, form: String, texts: AutosaveTexts) -> impl IntoView {
    let state = RwSignal::new(State::Asleep);
    #[cfg(feature = "hydrate")]
    browser::watch(draft, form, state);
    #[cfg(not(feature = "hydrate"))]
    let _ = (draft, form);
    let (shown, announced) = (texts.clone(), texts.clone());
    view! {
        <div class="autosave" role="group" aria-label=texts.label data-state=move || state.with(State::name)>
            <p class="autosave__state">{move || state.with(|state| state.said(&shown))}</p>
            <p class="visually-hidden" role="status">
                {move || state.with(|state| if state.matters() { state.said(&announced) } else { String::new() })}
            </p>
        </div>
    }
}

#[cfg(feature = "hydrate")]
mod browser {
    use super::State;
    use crate::functions::{Refusal, save_draft};
    use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*, task::spawn_local};
    use plein_domain::ids::DraftId;
    use std::{cell::RefCell, rc::Rc, time::Duration};
    use wasm_bindgen::{JsCast, closure::Closure};

    /// How long somebody must pause before what they typed is saved.
    const PAUSE: Duration = Duration::from_millis(1200);
    /// How long to wait before trying again after a failure.
    const AGAIN: Duration = Duration::from_secs(10);

    struct Saver {
        draft: DraftId,
        form: web_sys::HtmlFormElement,
        state: RwSignal<State>,
        timer: RefCell<Option<TimeoutHandle>>,
        /// What was saved last, so that nothing is saved twice.
        last: RefCell<Vec<(String, String)>>,
        /// A save is on its way; two at once could arrive in the wrong order.
        busy: RefCell<bool>,
    }

    pub(super) fn watch(draft: String, form: String, state: RwSignal<State>) {
        // After hydration, so that the first render is what the server sent.
        Effect::new(move |_| {
            let element = document().get_element_by_id(&form);
            let form = element.and_then(|element| element.dyn_into::<web_sys::HtmlFormElement>().ok());
            let (Some(form), Ok(draft)) = (form, draft.parse::<DraftId>()) else {
                return;
            };
            let last = RefCell::new(typed(&form));
            let busy = RefCell::new(false);
            let saver = Rc::new(Saver { draft, form: form.clone(), state, timer: RefCell::new(None), last, busy });
            state.set(State::Ready);
            let on_input = {
                let saver = saver.clone();
                Closure::<dyn Fn()>::new(move || saver.changed())
            };
            for event in ["input", "change"] {
                let _ = form.add_event_listener_with_callback(event, on_input.as_ref().unchecked_ref());
            }
            let on_submit = Closure::<dyn Fn()>::new(move || {
                saver.stop();
                next_turn(&saver.form);
            });
            let _ = form.add_event_listener_with_callback("submit", on_submit.as_ref().unchecked_ref());
            // They live as long as the page.
            on_input.forget();
            on_submit.forget();
        });
    }

    /// All fields of the form, as it would send them.
    fn typed(form: &web_sys::HtmlFormElement) -> Vec<(String, String)> {
        let Ok(data) = web_sys::FormData::new_with_form(form) else {
            return Vec::new();
        };
        let pairs = js_sys::Array::from(&data);
        let pair = |pair: wasm_bindgen::JsValue| {
            let pair = js_sys::Array::from(&pair);
            Some((pair.get(0).as_string()?, pair.get(1).as_string()?))
        };
        pairs.iter().filter_map(pair).collect()
    }

    /// Counts what this window sends: what is overtaken on its way must change nothing.
    fn next_turn(form: &web_sys::HtmlFormElement) {
        let field =
            form.elements().named_item("turn").and_then(|field| field.dyn_into::<web_sys::HtmlInputElement>().ok());
        if let Some(field) = field {
            let turn = field.value().parse::<i64>().unwrap_or_default();
            field.set_value(&(turn + 1).to_string());
        }
    }

    impl Saver {
        fn changed(self: &Rc<Self>) {
            if *self.last.borrow() == typed(&self.form) {
                return;
            }
            self.state.set(State::Unsaved);
            self.later(PAUSE);
        }

        fn later(self: &Rc<Self>, pause: Duration) {
            self.stop();
            let saver = self.clone();
            *self.timer.borrow_mut() = set_timeout_with_handle(move || saver.save(), pause).ok();
        }

        fn stop(&self) {
            if let Some(timer) = self.timer.borrow_mut().take() {
                timer.clear();
            }
        }

        fn save(self: Rc<Self>) {
            if self.busy.replace(true) {
                return self.later_when_free();
            }
            next_turn(&self.form);
            let values = typed(&self.form);
            self.state.set(State::Saving);
            spawn_local(async move {
                let answer = save_draft(self.draft, values.clone()).await;
                self.busy.replace(false);
                match answer {
                    Ok(saved) => {
                        let same = typed(&self.form) == values;
                        self.last.replace(values);
                        self.state.set(if same { State::Saved(saved.at) } else { State::Unsaved });
                    }
                    Err(Refusal::Later) => {
                        self.state.set(State::Failed);
                        self.later(AGAIN);
                    }
                    Err(Refusal::SignedOut) => self.state.set(State::SignedOut),
                    Err(Refusal::Refused) => self.state.set(State::Refused),
                    Err(Refusal::Elsewhere) => {
                        self.last.replace(values);
                        self.state.set(State::Elsewhere);
                    }
                }
            });
        }

        fn later_when_free(self: &Rc<Self>) {
            self.later(PAUSE);
        }
    }
}
