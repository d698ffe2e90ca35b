//! What must not compile: a read without a permit, a permit from anywhere but the gate, a permit used twice or for
//! something else.

#[test]
fn a_read_without_the_right_permit_does_not_compile() {
    let cases = trybuild::TestCases::new();
    cases.pass("tests/permits/reads_with_its_permit.rs");
    cases.compile_fail("tests/permits/no_permit.rs");
    cases.compile_fail("tests/permits/home_made.rs");
    cases.compile_fail("tests/permits/used_twice.rs");
    cases.compile_fail("tests/permits/of_another_kind.rs");
    cases.compile_fail("tests/permits/for_another_act.rs");
    cases.compile_fail("tests/permits/no_pool.rs");
}
