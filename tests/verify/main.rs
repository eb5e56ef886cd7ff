//! Whether verification agrees with a model, whatever is done to keys and in whichever order.

mod changes;
mod draw;
mod metered;
mod model;
mod questions;
mod requests;
mod world;

use bitting_tests::{Setup, probe::Step};

use self::world::World;

/// How much is done with each seed.
const STEPS: usize = 800;

/// Does what a seed says, and tells of any disagreement with the seed and the step that it came at. How many
/// look-ups it took.
async fn agree(setup: Setup, seed: u64) -> usize {
    let mut world = World::new(setup, seed).await;
    for step in 0..STEPS {
        world.step(step).await;
    }
    world.check_all(STEPS).await;
    world.server.probe.count(Step::Credential)
}

/// With plenty of memory, and with so little that keys keep pushing each other out.
#[tokio::test]
async fn k71_verification_agrees_with_the_model() {
    for seed in [1, 2, 3] {
        let plenty = agree(Setup::default(), seed).await;
        let little = agree(Setup::default().cache(2_000), seed).await;
        assert!(little > plenty, "seed {seed}: nothing was pushed out");
    }
}

/// Where every question is a look-up.
#[tokio::test]
async fn k71_verification_agrees_with_the_model_without_memory() {
    agree(Setup::default().cache(1), 4).await;
}
