//! What is asked, and whether the answer is the model's.

use bitting_tests::{Request, cast};

use crate::{
    draw,
    metered::Cost,
    model::Question,
    requests,
    world::{COMPANIES, World},
};

impl World {
    /// The key as a credential: good wherever it comes from, with the role that it has.
    pub(crate) async fn whoami(&mut self, step: usize) {
        let place = self.pick();
        let key = self.model.keys[place].clone();
        let good = self.model.useless(&key).is_none();
        let secret = key.secret.expect("it is there");
        let answer = self.ask(Request::get("/v1/whoami"), &secret).await;
        let told = format!("{} {:?}\n{answer:?}", self.told(step), key.settings);
        assert_eq!(answer.status, if good { 200 } else { 401 }, "{told}");
        if good {
            let shown = answer.json();
            assert_eq!(shown["id"], key.id, "{told}");
            assert_eq!(shown["role"], key.settings.role, "{told}");
        }
    }

    pub(crate) async fn verify(&mut self, step: usize) {
        let place = self.pick();
        self.verify_key(place, step).await;
    }

    pub(crate) async fn verify_key(&mut self, place: usize, step: usize) {
        let question = draw::question(&self.random, &self.model, COMPANIES, place);
        let token = match question.company {
            cast::COMPANY if draw::one_in(&self.random, 2) => {
                self.random.pick(&self.verifiers).clone()
            }
            company => self.admin_of(company),
        };
        let answer = self.ask(requests::verify(&question), &token).await;
        assert_eq!(answer.status, 200, "{}\n{answer:?}", self.told(step));
        let expected = self.model.answer(&question);
        assert_eq!(
            answer.json(),
            expected,
            "{} now {}: {question:?}",
            self.told(step),
            self.model.now
        );
    }

    /// Asks plainly about every secret that a key has or lately had, so that memory knows those that lead to it.
    pub(crate) async fn verify_secrets(&mut self, place: usize, step: usize) {
        let key = self.model.keys[place].clone();
        let old = key.old.iter().map(|(secret, _)| secret);
        let gone = key.gone.iter().rev().take(3);
        let secrets: Vec<_> = key.secret.iter().chain(old).chain(gone).cloned().collect();
        let token = self.admin_of(key.company);
        for secret in secrets {
            let question = Question {
                company: key.company,
                secret,
                scopes: Vec::new(),
                client: None,
                cost: Cost::default(),
            };
            let answer = self.ask(requests::verify(&question), &token).await;
            let expected = self.model.answer(&question);
            assert_eq!(answer.json(), expected, "{}", self.told(step));
        }
    }

    pub(crate) async fn batch(&mut self, step: usize) {
        let company = *self.random.pick(&COMPANIES);
        let count = 1 + self.random.below(12);
        let questions: Vec<_> = (0..count)
            .map(|_| {
                let place = self.pick();
                let mut question = draw::question(&self.random, &self.model, COMPANIES, place);
                question.company = company;
                question
            })
            .collect();
        let token = self.admin_of(company);
        let answer = self.ask(requests::batch(&questions), &token).await;
        assert_eq!(answer.status, 200, "{}\n{answer:?}", self.told(step));
        let results = answer.json()["results"].take();
        let results = results.as_array().expect("results");
        assert_eq!(results.len(), count, "{}", self.told(step));
        for (result, question) in results.iter().zip(&questions) {
            let expected = self.model.answer(question);
            assert_eq!(*result, expected, "{}: {question:?}", self.told(step));
        }
    }
}
