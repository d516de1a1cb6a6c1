package dev.lockkeeper.client;

import dev.lockkeeper.contracts.run.FailureType;
import dev.lockkeeper.contracts.run.StageFailure;
import dev.lockkeeper.formats.InvalidSpecificationException;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.failure.v1.Failure;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DataConverterException;
import io.temporal.payload.context.SerializationContext;
import java.lang.reflect.Type;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Turns a specification that no pipeline may have into a failure of the run or activity that was
 * given it. A workflow whose input cannot be read would otherwise be tried again for ever.
 */
record SpecificationGuard(DataConverter delegate) implements DataConverter {

  @Override
  public <T> Optional<Payload> toPayload(@Nullable T value) {
    return delegate.toPayload(value);
  }

  @Override
  public <T> T fromPayload(Payload payload, Class<T> type, Type generic) {
    return guarded(() -> delegate.fromPayload(payload, type, generic));
  }

  @Override
  public Optional<Payloads> toPayloads(@Nullable Object... values) {
    return delegate.toPayloads(values);
  }

  @Override
  public <T> T fromPayloads(int index, Optional<Payloads> content, Class<T> type, Type generic) {
    return guarded(() -> delegate.fromPayloads(index, content, type, generic));
  }

  @Override
  public Object[] fromPayloads(Optional<Payloads> content, Class<?>[] types, Type[] generics) {
    return guarded(() -> delegate.fromPayloads(content, types, generics));
  }

  @Override
  public RuntimeException failureToException(Failure failure) {
    return delegate.failureToException(failure);
  }

  @Override
  public Failure exceptionToFailure(Throwable throwable) {
    return delegate.exceptionToFailure(throwable);
  }

  @Override
  public DataConverter withContext(SerializationContext context) {
    return new SpecificationGuard(delegate.withContext(context));
  }

  private static <T> T guarded(Supplier<T> read) {
    try {
      return read.get();
    } catch (DataConverterException e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof InvalidSpecificationException invalid) {
          throw StageFailure.of(
              FailureType.SPECIFICATION_INVALID, String.valueOf(invalid.getMessage()), e);
        }
      }
      throw e;
    }
  }
}
