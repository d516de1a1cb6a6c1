package dev.lockkeeper.contracts.violation;

import io.temporal.client.WorkflowClient;

/** Violates the rule that contracts contain no Temporal client. */
public final class UsesAClient {
  String namespace(WorkflowClient client) {
    return client.getOptions().getNamespace();
  }
}
