//! When the issuer is asked again.

use std::time::Duration;

use super::*;

#[tokio::test]
async fn f60_an_unknown_key_is_asked_for_at_most_every_ten_seconds() {
    let (old, new) = (Signer::ed25519("old"), Signer::ed25519("new"));
    let bench = Bench::new(&[&old]);
    assert_eq!(bench.try_key(&old).await, Ok(()));
    assert_eq!(bench.issuer.fetches(), 1);
    bench.issuer.publish(&[&old, &new]);
    bench.pass(9);
    assert_eq!(bench.try_key(&new).await, UNKNOWN_KEY);
    assert_eq!(bench.issuer.fetches(), 1);
    bench.pass(1);
    assert_eq!(bench.try_key(&new).await, Ok(()));
    assert_eq!(bench.issuer.fetches(), 2);
    // Known now: nobody is asked any more.
    bench.pass(60);
    assert_eq!(bench.try_key(&new).await, Ok(()));
    assert_eq!(bench.try_key(&old).await, Ok(()));
    assert_eq!(bench.issuer.fetches(), 2);
}

#[tokio::test]
async fn f60_a_key_that_nobody_has_is_asked_for_at_most_every_ten_seconds() {
    let signer = Signer::ed25519("a");
    let bench = Bench::new(&[&signer]);
    let nobody = Signer::ed25519("nobody");
    for second in 0..35 {
        assert_eq!(bench.try_key(&nobody).await, UNKNOWN_KEY);
        assert_eq!(bench.issuer.fetches(), 1 + second / 10);
        bench.pass(1);
    }
}

#[tokio::test]
async fn f60_a_clock_that_was_set_back_does_not_stop_the_asking() {
    let (old, new) = (Signer::ed25519("old"), Signer::ed25519("new"));
    let bench = Bench::new(&[&old]);
    let verified = bench.verify(&old.token(&bench.lasting())).await.unwrap();
    bench.issuer.publish(&[&new]);
    bench.pass(-1);
    assert!(bench.logins.ring.due(), "keys of the future are old");
    assert!(!bench.still_good(&verified).await);
    assert_eq!(bench.issuer.fetches(), 2);
    bench.pass(-3_600);
    assert_eq!(bench.try_key(&Signer::ed25519("x")).await, UNKNOWN_KEY);
    assert_eq!(bench.issuer.fetches(), 3);
}

#[tokio::test]
async fn f60_a_withdrawn_key_stops_after_ten_minutes() {
    let (old, new) = (Signer::p256("old"), Signer::p256("new"));
    let bench = Bench::new(&[&old]);
    let token = old.token(&bench.lasting());
    let verified = bench.verify(&token).await.unwrap();
    bench.issuer.publish(&[&new]);
    bench.pass(599);
    assert!(bench.still_good(&verified).await);
    assert!(bench.verify(&token).await.is_ok());
    assert_eq!(bench.issuer.fetches(), 1);
    bench.pass(1);
    assert!(bench.logins.ring.due());
    assert!(!bench.still_good(&verified).await);
    assert_eq!(bench.issuer.fetches(), 2);
    assert_eq!(bench.verify(&token).await.map(drop), UNKNOWN_KEY);
    assert!(!bench.logins.ring.due());
    // It comes back with its issuer's word for it, and not before.
    bench.issuer.publish(&[&old, &new]);
    bench.pass(10);
    assert!(bench.verify(&token).await.is_ok());
    assert!(bench.still_good(&verified).await);
}

#[tokio::test]
async fn f60_an_issuer_that_is_slow_is_waited_for() {
    let (old, new) = (Signer::ed25519("old"), Signer::ed25519("new"));
    let bench = Bench::new(&[&old]);
    let token = old.token(&bench.lasting());
    let verified = bench.verify(&token).await.unwrap();
    bench.issuer.publish(&[&new]);
    bench.issuer.delay(Duration::from_secs(2));
    bench.pass(600);
    assert!(!bench.still_good(&verified).await);
}

#[tokio::test]
async fn f60_verifying_finds_out_about_a_withdrawn_key_too() {
    let (old, new) = (Signer::rsa("old"), Signer::p256("new"));
    let bench = Bench::new(&[&old]);
    assert_eq!(bench.try_key(&old).await, Ok(()));
    bench.issuer.publish(&[&new]);
    bench.pass(600);
    assert_eq!(bench.try_key(&old).await, UNKNOWN_KEY);
    assert_eq!(
        bench.issuer.fetches(),
        2,
        "the old keys and the unknown one, at once"
    );
}

#[tokio::test]
async fn f60_a_fetch_for_another_reason_withdraws_as_well() {
    let (old, new) = (Signer::ed25519("old"), Signer::ed25519("new"));
    let bench = Bench::new(&[&old]);
    let verified = bench.verify(&old.token(&bench.lasting())).await.unwrap();
    bench.issuer.publish(&[&new]);
    bench.pass(10);
    assert!(bench.is_good(&verified));
    assert_eq!(bench.try_key(&new).await, Ok(()));
    assert!(!bench.is_good(&verified));
}

#[tokio::test]
async fn f60_a_name_that_is_used_again_does_not_keep_old_tokens() {
    let (old, new) = (Signer::ed25519("a"), Signer::ed25519("a"));
    let bench = Bench::new(&[&old]);
    let token = old.token(&bench.lasting());
    let verified = bench.verify(&token).await.unwrap();
    bench.issuer.publish(&[&new]);
    bench.pass(600);
    assert!(!bench.still_good(&verified).await);
    let forged = Err(Untrusted::Refused("not signed by its issuer"));
    assert_eq!(bench.verify(&token).await.map(drop), forged);
    assert_eq!(bench.try_key(&new).await, Ok(()));
}

#[tokio::test]
async fn f60_the_same_keys_fetched_again_keep_tokens() {
    let (signer, other) = (Signer::rsa("a"), Signer::p256("b"));
    let bench = Bench::new(&[&signer]);
    let verified = bench.verify(&signer.token(&bench.lasting())).await.unwrap();
    bench.issuer.publish(&[&other, &signer]);
    for fetches in 2..5 {
        bench.pass(600);
        assert!(bench.still_good(&verified).await);
        assert_eq!(bench.issuer.fetches(), fetches);
    }
    assert_eq!(bench.lines().len(), 1, "an issuer that answers is no news");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn f60_many_ask_once() {
    let signer = Signer::ed25519("a");
    let bench = Arc::new(Bench::new(&[&signer]));
    let round = async |signers: Vec<Arc<Signer>>| {
        let mut tasks = tokio::task::JoinSet::new();
        for signer in signers {
            let bench = Arc::clone(&bench);
            tasks.spawn(async move { bench.try_key(&signer).await });
        }
        tasks.join_all().await
    };
    bench.issuer.delay(Duration::from_millis(200));
    // At first nothing is known; then these 32 keys are not, which nobody has; then one of them is there.
    let good = Arc::new(signer);
    let verdicts = round(vec![good; 32]).await;
    assert_eq!(verdicts, vec![Ok(()); 32]);
    assert_eq!((bench.issuer.fetches(), bench.issuer.discoveries()), (1, 1));
    bench.pass(10);
    let strangers = (0..32).map(|number| Arc::new(Signer::ed25519(&number.to_string())));
    let strangers: Vec<_> = strangers.collect();
    let verdicts = round(strangers.clone()).await;
    assert_eq!(verdicts, vec![UNKNOWN_KEY; 32]);
    assert_eq!((bench.issuer.fetches(), bench.issuer.discoveries()), (2, 2));
    bench.pass(10);
    bench.issuer.publish(&[&strangers[0]]);
    let verdicts = round(vec![Arc::clone(&strangers[0]); 32]).await;
    assert_eq!(verdicts, vec![Ok(()); 32]);
    assert_eq!((bench.issuer.fetches(), bench.issuer.discoveries()), (3, 3));
}

#[tokio::test]
async fn f60_whoever_goes_away_does_not_take_the_fetch_along() {
    let signer = Signer::ed25519("a");
    let bench = Bench::new(&[&signer]);
    bench.issuer.delay(Duration::from_millis(300));
    let token = signer.token(&bench.lasting());
    let impatient = tokio::time::timeout(Duration::from_millis(100), bench.verify(&token));
    assert!(impatient.await.is_err());
    assert_eq!(bench.issuer.fetches(), 1);
    // The next one gets what the first one asked for.
    assert!(bench.verify(&token).await.is_ok());
    assert_eq!(bench.issuer.fetches(), 1);
}

#[tokio::test]
async fn f60_keys_are_fetched_before_anybody_asks() {
    let signer = Signer::ed25519("a");
    let bench = Bench::new(&[&signer]);
    let keep = bench.logins.keep();
    until(|| bench.lines().len() == 1).await;
    let keys = format!(
        "INFO the issuer of login tokens gave its keys keys=1 issuer={}",
        bench.issuer.url()
    );
    assert_eq!(bench.lines(), [keys]);
    assert_eq!(bench.try_key(&signer).await, Ok(()));
    assert_eq!(bench.issuer.fetches(), 1);
    drop(keep);
}

#[tokio::test]
async fn f60_the_background_task_is_ahead_of_requests() {
    let signer = Signer::ed25519("a");
    let bench = Bench::new(&[&signer]);
    let tend = async |seconds| {
        bench.pass(seconds);
        bench.logins.ring.tend().await;
        bench.issuer.fetches()
    };
    assert_eq!(tend(0).await, 1);
    assert_eq!(tend(10).await, 1);
    assert_eq!(tend(574).await, 1);
    assert!(!bench.logins.ring.due());
    assert_eq!(tend(1).await, 2);
    // While its issuer does not answer it does not wait for ten minutes.
    bench.issuer.answer_keys(issuer::Answer::Status(503));
    assert_eq!(tend(585).await, 3);
    assert_eq!(tend(9).await, 3);
    assert_eq!(tend(1).await, 4);
    bench.issuer.publish(&[&signer]);
    assert_eq!(tend(15).await, 5);
    assert_eq!(tend(15).await, 5);
    // Nor if its keys are young: those that are new may be among what it did not say.
    bench.issuer.answer_keys(issuer::Answer::Status(503));
    assert_eq!(
        bench.try_key(&Signer::ed25519("b")).await,
        Err(Untrusted::Unavailable)
    );
    assert_eq!(tend(0).await, 6);
    assert_eq!(tend(15).await, 7);
}

#[tokio::test(start_paused = true)]
async fn f60_the_background_task_ends_with_its_handle() {
    let bench = Bench::of(Issuer::absent());
    let keep = bench.logins.keep();
    let failures = || bench.lines().len();
    until(|| failures() == 1).await;
    bench.pass(15);
    until(|| failures() == 2).await;
    drop(keep);
    bench.pass(15);
    tokio::time::sleep(Duration::from_secs(120)).await;
    assert_eq!(failures(), 2);
    assert_eq!(Arc::strong_count(&bench.logins.ring), 1);
}

/// Waits for something that another task does.
async fn until(done: impl Fn() -> bool) {
    for _ in 0..2_000 {
        if done() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("it did not happen");
}
