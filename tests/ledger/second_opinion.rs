//! What Go's own code for signed notes and transparency logs says about our checkpoints and proofs.
//!
//! `go` and its sources of `golang.org/x/mod` are Debian's packages `golang-go` and `golang-golang-x-mod-dev`, which
//! `cargo xtask test` installs. Nothing is fetched.

use super::*;
use crate::common::NOON;
use std::sync::OnceLock;

/// The program of `second_opinion/main.go`, built once.
fn program() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ledger/second_opinion/main.go");
        let program = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("second-opinion-{}", std::process::id()));
        let built = Command::new("go")
            .args(["build", "-o"])
            .args([&program, &source])
            .env("GO111MODULE", "off")
            .env("GOPATH", "/usr/share/gocode")
            .env("GOFLAGS", "")
            .env("GOTOOLCHAIN", "local")
            .env("GOCACHE", Path::new(env!("CARGO_TARGET_TMPDIR")).join("go-cache"))
            .output();
        match built {
            Ok(built) if built.status.success() => program,
            Ok(built) => panic!("go build: {}", String::from_utf8_lossy(&built.stderr)),
            Err(error) => {
                panic!("go ({error}): install golang-go and golang-golang-x-mod-dev; cargo xtask test does it")
            }
        }
    })
}

fn opinion(key: &str, kind: &str, file: &str) -> Result<String, String> {
    let output = Command::new(program()).args([key, kind, file]).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap().trim().to_owned();
    if output.status.success() { Ok(text(output.stdout)) } else { Err(text(output.stderr)) }
}

both_engines! {
    async fn go_accepts_our_checkpoints_our_tree_and_our_proofs(engine: Engine) {
        let log = Log::new(engine).await;
        for part in 0..10_u128 {
            log.add(part * 10..part * 10 + 1 + part, NOON).await;
        }
        let (key, export) = (log.key(), log.export("whole.export"));
        assert_eq!(opinion(&key, "export", &export), Ok("55 lines, 10 checkpoints".into()));
        for line in [0, 1, 31, 32, 54] {
            let proof = log.text(&format!("line-{line}"));
            ledger_command(&["prove", &export, "--key", &key, "--line", &line.to_string(), "--out", &proof]).well(&[]);
            assert_eq!(opinion(&key, "inclusion", &proof), Ok(format!("line {line} of 55")));
        }
        for from in [1, 3, 6, 28, 45, 55] {
            let proof = log.text(&format!("from-{from}"));
            ledger_command(&["prove", &export, "--key", &key, "--from", &from.to_string(), "--out", &proof]).well(&[]);
            assert_eq!(opinion(&key, "consistency", &proof), Ok(format!("from {from} to 55 lines")));
        }
    }

    /// Who accepts everything has no opinion.
    async fn go_refuses_what_we_refuse(engine: Engine) {
        let log = Log::new(engine).await;
        log.add(0..9, NOON).await;
        log.add(9..12, NOON).await;
        let (key, export) = (log.key(), log.export("whole.export"));
        let changed = |name: &str, kind: &str, text: String| {
            std::fs::write(log.path(name), text).unwrap();
            assert!(opinion(&key, kind, &log.text(name)).is_err(), "{name}");
            log.verify(&log.text(name)).ended(1, &[]);
        };
        changed("edited", "export", read(&export).replacen(" opened ", " listed ", 1));
        let proof = ledger_command(&["prove", &export, "--key", &key, "--line", "4"]).out;
        changed("index", "inclusion", proof.replace("index 4", "index 5"));
        changed("size", "inclusion", proof.replace("\n12\n", "\n13\n"));
        let growth = ledger_command(&["prove", &export, "--key", &key, "--from", "9"]).out;
        let hash = growth.lines().nth(1).unwrap();
        changed("growth", "consistency", growth.replacen(hash, &hash.chars().rev().collect::<String>(), 1));
    }
}
