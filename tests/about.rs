//! The about box in the window: from the command to the licence of a crate, found by role and label as a screen reader would.
#![cfg(feature = "gui")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod support;

use egui::accesskit::Role;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use recto::app::{Action, Command};

use support::Trial;

/// What the list shows, as it is told.
fn listed(trial: &Trial) -> Vec<String> {
    trial.harness.query_all_by_role(Role::ListItem).filter_map(|node| node.accesskit_node().label()).collect()
}

#[test]
fn the_licence_of_a_crate_is_found_behind_the_about_box() {
    let mut trial = Trial::new(&[]);
    trial.harness.step();
    trial.apply(Action::Run(Command::About));
    trial.harness.run_steps(3);
    assert!(trial.harness.query_by_role_and_label(Role::Heading, "Recto").is_some());
    trial.harness.get_by_role_and_label(Role::Button, "Licences").click();
    trial.harness.run_steps(3);
    assert!(trial.harness.query_by_role_and_label(Role::Heading, "Licences").is_some());

    // The fonts stand first, and only the lines in sight are drawn.
    let lines = listed(&trial);
    assert_eq!(lines.first().unwrap(), "Atkinson Hyperlegible Next font, OFL-1.1");
    assert!((10..40).contains(&lines.len()), "{}", lines.len());
    trial.harness.key_press(egui::Key::PageDown);
    trial.harness.run_steps(30);
    assert_ne!(listed(&trial).first(), lines.first(), "the list moves by keys while the field has the focus");

    trial.harness.get_by_label("Find a name or a licence").type_text("egui mit");
    trial.harness.run_steps(3);
    let lines = listed(&trial);
    assert!(lines.iter().any(|line| line.starts_with("egui 0.") && line.ends_with(", MIT OR Apache-2.0")), "{lines:?}");
    assert!(lines.iter().all(|line| line.to_lowercase().contains("egui")), "{lines:?}");

    trial.harness.get_by_label("Find a name or a licence").type_text(" of no kind");
    trial.harness.run_steps(3);
    assert!(listed(&trial).is_empty());
    let told = "Nothing is called so, and no licence either.";
    assert!(trial.harness.query_by_role_and_label(Role::Status, told).is_some());

    trial.harness.get_by_role_and_label(Role::Button, "Back").click();
    trial.harness.run_steps(3);
    assert!(trial.harness.query_by_role_and_label(Role::Heading, "Recto").is_some());
    trial.harness.key_press(egui::Key::Escape);
    trial.harness.run_steps(3);
    assert!(trial.harness.query_by_role_and_label(Role::Heading, "Recto").is_none());
}
