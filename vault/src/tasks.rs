//! What works behind the pages: the sequencer, the outbox, checkpoints, streams, sweeping.
//!
//! Each of them is begun once and goes on as long as the program does. One that panicked would be missed by nobody who looks at
//! pages, so the program then ends as after the wish to stop, with an error, and whoever watches over it begins it anew.

use tokio::sync::watch;

/// Begins them, and knows when one of them fell.
#[derive(Clone)]
pub struct Tasks(watch::Sender<Option<&'static str>>);

impl Default for Tasks {
    fn default() -> Self {
        Self(watch::Sender::new(None))
    }
}

impl Tasks {
    /// Begins a task, under the name by which its fall is told.
    pub fn begin(&self, name: &'static str, task: impl Future<Output = ()> + Send + 'static) {
        let Self(fallen) = self.clone();
        tokio::spawn(async move {
            if tokio::spawn(task).await.is_err_and(|ended| ended.is_panic()) {
                tracing::error!(
                    task = name,
                    "ALARM: a task behind the pages panicked; the program ends, so that it is begun anew"
                );
                fallen.send_replace(Some(name));
            }
        });
    }

    /// Waits until one of them fell, and answers which.
    pub async fn fallen(&self) -> &'static str {
        match self.0.subscribe().wait_for(Option::is_some).await.map(|name| *name) {
            Ok(Some(name)) => name,
            // This holds the sender, so it does not come to this.
            Ok(None) | Err(_) => std::future::pending().await,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[tokio::test]
    #[expect(clippy::panic, reason = "a panic is what is tried")]
    async fn a_task_that_panics_is_told_by_its_name_and_one_that_ends_is_not() {
        let tasks = Tasks::default();
        tasks.begin("ends", async {});
        let none = tokio::time::timeout(Duration::from_millis(50), tasks.fallen()).await;
        assert!(none.is_err(), "{none:?}");
        tasks.begin("falls", async {
            tokio::task::yield_now().await;
            panic!("as is expected here");
        });
        assert_eq!(tasks.fallen().await, "falls");
        assert_eq!(tasks.fallen().await, "falls", "whoever asks later hears it too");
    }
}
