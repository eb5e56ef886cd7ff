//! The generated client, driven against a live server through every operation.

use bitting_client::{
    Error, Keys, Token,
    keys::types::{
        CompanyCreate, CompanySettings, Introspect, KeyCreate, KeyImport, KeyImportStatus,
        KeyRevoke, KeyRotate, KeySettings, KeyStatus, KeyToImport, KeyVerify, KeyVerifyBatch,
        MemberCreate, MemberSettings, Role as KeyRole,
    },
};
use bitting_core::Role;
use bitting_tests::Server;

fn client(server: &Server, secret: &str) -> Keys {
    let token = Token::new(secret.to_owned()).expect("a token");
    Keys::new(&format!("http://{}", server.address), &token).expect("a client")
}

#[tokio::test]
async fn k30_to_k43_the_client_does_every_operation() {
    let server = Server::start().await;
    let root = client(&server, &server.caller(Role::Root).await);

    let body = CompanyCreate::builder()
        .name("Acme")
        .member_name("Dana Whitfield".to_owned());
    let made = root.company_create().body(body).send().await.expect("made");
    assert_eq!(made.status().as_u16(), 201);
    let made = made.into_inner();
    let member = made.member.expect("a member");
    assert_eq!(member.name, "Dana Whitfield");
    let key = made.key.expect("a key");
    assert_eq!(key.role, KeyRole::Admin);
    let company = made.company.id.as_str();

    let viewed = root.company_view().company(company).send().await;
    assert_eq!(viewed.expect("viewed").name, "Acme");
    let mut seen = Vec::new();
    let mut page = root
        .company_list()
        .limit(2_u32)
        .send()
        .await
        .expect("listed");
    loop {
        seen.extend(page.items.iter().map(|company| company.name.clone()));
        let Some(next) = page.next_page.clone() else {
            break;
        };
        let request = root.company_list().page_token(next);
        page = request.send().await.expect("listed");
    }
    assert_eq!(seen, ["company", "company", "Acme"]);

    let admin = client(&server, key.secret.expose());
    let body = MemberCreate::builder().name("Eve").role(KeyRole::Read);
    let request = admin.member_create().company(company).body(body);
    let made = request.send().await.expect("made").into_inner();
    assert!(
        server
            .accepts(made.key.expect("a key").secret.expose())
            .await
    );
    let listed = admin.member_list().company(company).send().await;
    let listed = listed.expect("listed");
    assert_eq!((listed.items.len(), &listed.next_page), (2, &None));
    let request = admin
        .member_view()
        .company(company)
        .member(made.member.id.as_str());
    assert_eq!(request.send().await.expect("viewed").name, "Eve");
}

#[tokio::test]
async fn k3_the_client_tells_what_a_refusal_said() {
    let server = Server::start().await;
    let admin = client(&server, &server.caller(Role::Admin).await);
    let body = MemberCreate::builder().name("Eve").role(KeyRole::Root);
    let request = admin.member_create().company("6197120").body(body);
    let error = Error::from(request.send().await.expect_err("too strong"));
    assert_eq!(error.code(), Some("role_exceeds_creator"));
    let refused = error.refused().expect("a refusal");
    assert!(refused.request_id.is_some());
    let details = refused.details.as_ref().expect("details");
    assert_eq!(details["requested"], "root");

    let request = admin.member_list().company("7000001");
    let error = Error::from(request.send().await.expect_err("another company"));
    assert!(error.is_not_found());
    let request = admin.member_list().company("6197120").page_token("00");
    let error = Error::from(request.send().await.expect_err("no token"));
    let refused = error.refused().expect("a refusal");
    assert_eq!(refused.fields[0].field, "page_token");
}

#[tokio::test]
async fn k51_to_k81_the_client_does_every_operation_on_keys() {
    let server = Server::start().await;
    let admin = client(&server, &server.caller(Role::Admin).await);
    let body = KeyCreate::builder().name("x").scopes(vec!["a".to_owned()]);
    let made = admin.key_create().body(body).send().await.expect("made");
    let tag = made.headers()["etag"].to_str().expect("text").to_owned();
    let made = made.into_inner();
    let (id, secret) = (made.key.id.to_string(), made.secret.expose().to_owned());

    let mut settings = KeySettings::from(&made.key);
    settings.name = "y".to_owned();
    let update = || admin.key_update().id(&*id).if_match(tag.clone());
    let updated = update().body(settings.clone()).send().await;
    assert_eq!(updated.expect("updated").name, "y");
    let error = Error::from(
        update()
            .body(settings)
            .send()
            .await
            .expect_err("changed since"),
    );
    assert_eq!(error.code(), Some("changed"));
    let viewed = admin.key_view().id(&*id).send().await.expect("viewed");
    assert_eq!(
        (viewed.name.as_str(), viewed.status),
        ("y", KeyStatus::Active)
    );
    let listed = admin.key_list().q("y").sort("-name").send().await;
    assert_eq!(listed.expect("listed").items.len(), 1);

    let question = || {
        KeyVerify::builder()
            .key(secret.clone())
            .scopes(vec!["a".to_owned()])
    };
    let found = admin.key_verify().body(question()).send().await;
    assert!(found.expect("verified").valid);
    let own = client(&server, &secret);
    let whoami = own.whoami().send().await.expect("described");
    assert_eq!(whoami.id, made.key.id);
    let reason = || KeyRevoke::builder().reason("leaked".to_owned());
    let revoked = own.self_revoke().body(reason()).send().await;
    assert_eq!(
        revoked.expect("revoked").revoked_reason.as_deref(),
        Some("leaked")
    );
    let again = admin.key_revoke().id(&*id).body(reason()).send().await;
    assert_eq!(again.expect("revoked").status, KeyStatus::Revoked);
    let questions: Vec<KeyVerify> = vec![question().try_into().expect("a question")];
    let body = KeyVerifyBatch::builder().keys(questions);
    let found = admin.key_verify_batch().body(body).send().await;
    assert_eq!(found.expect("verified").results[0].code.as_str(), "revoked");
    admin.key_delete().id(&*id).send().await.expect("deleted");
    let error = admin.key_view().id(&*id).send().await.expect_err("gone");
    assert!(Error::from(error).is_not_found());
}

#[tokio::test]
async fn k120_to_k134_the_client_introspects_goes_in_and_imports() {
    let server = Server::start().await;
    let admin = client(&server, &server.caller(Role::Admin).await);
    let secret = "old_key_4eC39HqLyjWDarjtT1zdp7dc";
    let key = || {
        KeyToImport::builder()
            .name("brought")
            .secret(secret.to_owned())
            .scopes(vec!["a".to_owned()])
    };
    for status in [KeyImportStatus::Created, KeyImportStatus::Duplicate] {
        let keys: Vec<KeyToImport> = vec![key().try_into().expect("a key")];
        let body = KeyImport::builder().keys(keys);
        let done = admin
            .key_import()
            .body(body)
            .send()
            .await
            .expect("imported");
        assert_eq!(done.results[0].status, status);
    }
    let body = Introspect::builder().token(secret);
    let told = admin.introspect().body(body).send().await.expect("told");
    assert_eq!((told.active, told.scope.as_deref()), (true, Some("a")));
    let body = Introspect::builder().token("nobody");
    let told = admin.introspect().body(body).send().await.expect("told");
    assert_eq!((told.active, &told.key_id), (false, &None));
    let own = client(&server, secret);
    let request = own.forward_auth().company("6197120").scopes("a");
    let answer = request.send().await.expect("let in");
    assert_eq!(answer.headers()["x-bitting-scopes"], "a");
    let request = own.forward_auth().company("6197120").scopes("b");
    let error = Error::from(request.send().await.expect_err("not for that"));
    assert_eq!(error.code(), Some("insufficient_scope"));
}

#[tokio::test]
async fn k34_to_k112_the_client_changes_companies_members_and_secrets_and_reads_the_log() {
    let server = Server::start().await;
    let root = client(&server, &server.caller(Role::Root).await);
    let body = || KeyCreate::builder().name("x").recoverable(true);
    let create = || root.key_create().idempotency_key("once").body(body());
    let made = create().send().await.expect("made").into_inner();
    let again = create().send().await.expect("told again").into_inner();
    assert_eq!(made.secret.expose(), again.secret.expose());
    let id = made.key.id.to_string();

    let rotate = KeyRotate::builder().overlap_seconds(60);
    let rotated = root.key_rotate().id(&*id).body(rotate).send().await;
    let rotated = rotated.expect("rotated").into_inner();
    let error = create().send().await.expect_err("erased");
    assert_eq!(Error::from(error).code(), Some("idempotency_expired"));
    let revealed = root.key_reveal().id(&*id).send().await.expect("revealed");
    assert_eq!(revealed.secret.expose(), rotated.secret.expose());
    let listed = root.secret_list().id(&*id).send().await.expect("listed");
    let [current, old] = &listed.items[..] else {
        panic!("{listed:?}");
    };
    assert_eq!(current.id, rotated.secret_id);
    assert!(current.retires_at.is_none() && old.retires_at.is_some());
    let retire = root.secret_retire().id(&*id).secret(old.id.to_string());
    retire.send().await.expect("retired");

    let settings = MemberSettings::builder().name("renamed").enabled(true);
    let member = root.member_update().company("6197120").member("10002");
    let member = member.body(settings).send().await.expect("updated");
    assert_eq!(member.name, "renamed");
    let delete = root.member_delete().company("6197120").member("10002");
    delete.new_owner("10001").send().await.expect("deleted");
    let settings = CompanySettings::builder().name("off").enabled(false);
    let company = root.company_update().company("7000001").body(settings);
    assert!(!company.send().await.expect("updated").enabled);
    let error = root.company_delete().company("7000001").send().await;
    let error = Error::from(error.expect_err("it has members"));
    assert_eq!(error.code(), Some("has_members"));

    let log = root.audit_list().key(&*id).action("secret_retired");
    let log = log.send().await.expect("listed");
    assert_eq!(log.items.len(), 1);
    assert_eq!(log.items[0].key_ids, [made.key.id]);
}
