//! Checkpoints by mail: into a mailbox that no administrator of Plein reaches, such as the data protection officer's.

use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{Attachment, Mailbox, MultiPart, SinglePart, header},
};
use std::{fmt::Display, io, time::Duration};

/// The longest that the mail server may take to be reached.
const REACHED: Duration = Duration::from_secs(10);
/// The longest that it may take for all of a mail, which it may look through before it takes it.
const TAKEN: Duration = Duration::from_secs(180);

/// Somebody who is sent checkpoints.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailWitness {
    /// A mail server that takes mail from this machine without a password: `smtp://host`, with `?tls=required` for STARTTLS, or
    /// `smtps://host`.
    pub server: String,
    /// From whom.
    pub from: String,
    /// To whom.
    pub to: String,
}

impl MailWitness {
    /// Whether something can be mailed this way, as far as that is known without trying.
    ///
    /// # Errors
    /// What is wrong, and what would be right.
    pub fn check(&self) -> Result<(), &'static str> {
        let rest = self.server.strip_prefix("smtp://").or_else(|| self.server.strip_prefix("smtps://"));
        let Some(rest) = rest else {
            return Err("a mail server is smtp://host or smtps://host");
        };
        if rest.contains('@') {
            return Err("a mail server is named without a password; let it take mail from this machine");
        }
        let server = AsyncSmtpTransport::<Tokio1Executor>::from_url(&self.server);
        server.map_err(|_| "a mail server is smtp://host, smtp://host?tls=required, or smtps://host")?;
        for address in [&self.from, &self.to] {
            address.parse::<Mailbox>().map_err(|_| "a mail address is name@example.org")?;
        }
        Ok(())
    }

    pub(super) fn name(&self) -> String {
        format!("mailto:{}", self.to)
    }

    pub(super) async fn take(&self, size: u64, note: &str) -> io::Result<()> {
        let server = AsyncSmtpTransport::<Tokio1Executor>::from_url(&self.server).map_err(other)?;
        let server = server.timeout(Some(REACHED)).build();
        let message = self.message(size, note)?;
        let silent = |_| io::Error::new(io::ErrorKind::TimedOut, "the mail server did not answer in time");
        tokio::time::timeout(TAKEN, server.send(message)).await.map_err(silent)?.map(drop).map_err(other)
    }

    fn message(&self, size: u64, note: &str) -> io::Result<Message> {
        let words = SinglePart::builder().header(header::ContentType::TEXT_PLAIN).body(words(size, note));
        // Beside the words, so that no mail program breaks its lines.
        let file = Attachment::new(format!("checkpoint-{size}.txt"))
            .body(note.as_bytes().to_vec(), header::ContentType::TEXT_PLAIN);
        Message::builder()
            .from(self.from.parse().map_err(other)?)
            .to(self.to.parse().map_err(other)?)
            .subject(format!("Plein: controlepunt van het toegangslog / checkpoint of the access log ({size})"))
            .raw_header(header::HeaderValue::new(
                header::HeaderName::new_from_ascii_str("Auto-Submitted"),
                "auto-generated".into(),
            ))
            .multipart(MultiPart::mixed().singlepart(words).singlepart(file))
            .map_err(other)
    }
}

fn words(size: u64, note: &str) -> String {
    format!(
        "Bewaar dit bericht. Het zegt hoe het toegangslog er op dit moment uitzag: {size} regels, ondertekend. Wie het later \
         inkort of herschrijft, wordt hiermee betrapt. U hoeft nu niets te doen.\r\n\r\n\
         Keep this message. It says what the access log looked like at this moment: {size} lines, signed. Whoever cuts it \
         short or writes it anew later is found out by it. There is nothing to do now.\r\n\r\n{note}"
    )
}

fn other(error: impl Display) -> io::Error {
    io::Error::other(error.to_string())
}
