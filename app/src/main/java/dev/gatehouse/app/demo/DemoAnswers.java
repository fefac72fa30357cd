package dev.gatehouse.app.demo;

/// What one of the demo's services says. The same request gets the same answer, orders aside. Called by many threads.
interface DemoAnswers {
    DemoAnswer answer(DemoRequest request);
}
