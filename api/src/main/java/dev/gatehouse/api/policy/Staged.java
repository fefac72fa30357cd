package dev.gatehouse.api.policy;

/// A policy and the moment of an exchange it acts at. One setting may act at two: an early limit per address and a
/// late one per consumer.
public record Staged(Stage stage, Policy policy) {}
