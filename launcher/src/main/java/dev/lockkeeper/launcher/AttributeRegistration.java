package dev.lockkeeper.launcher;

import dev.lockkeeper.contracts.run.SearchAttributes;
import dev.lockkeeper.starter.CommandException;
import dev.lockkeeper.starter.Connection;
import dev.lockkeeper.starter.ExitCode;
import dev.lockkeeper.starter.ServerAddress;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.operatorservice.v1.AddSearchAttributesRequest;
import io.temporal.common.SearchAttributeKey;
import io.temporal.serviceclient.OperatorServiceStubs;
import io.temporal.serviceclient.OperatorServiceStubsOptions;

/** Registers the search attributes on a server that was not started with them. */
final class AttributeRegistration {

  private AttributeRegistration() {}

  static void on(ServerAddress server) {
    try (Connection connection = Connection.open(server)) {
      OperatorServiceStubs operator =
          OperatorServiceStubs.newServiceStubs(
              OperatorServiceStubsOptions.newBuilder()
                  .setChannel(
                      connection.client().temporal().getWorkflowServiceStubs().getRawChannel())
                  .validateAndBuildWithDefaults());
      for (SearchAttributeKey<String> key : SearchAttributes.all()) {
        add(operator, key, server);
      }
    }
  }

  private static void add(
      OperatorServiceStubs operator, SearchAttributeKey<String> key, ServerAddress server) {
    try {
      operator
          .blockingStub()
          .addSearchAttributes(
              AddSearchAttributesRequest.newBuilder()
                  .setNamespace(server.namespace())
                  .putSearchAttributes(key.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
                  .build());
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() != Status.Code.ALREADY_EXISTS) {
        throw new CommandException(
            ExitCode.FAILED,
            "search attribute "
                + key.getName()
                + " cannot be registered on "
                + server.options().getTarget()
                + " ("
                + e.getStatus()
                + "); ask its operator for: temporal operator search-attribute create --name "
                + key.getName()
                + " --type Keyword",
            e);
      }
    }
  }
}
