package dev.lockkeeper.client;

import com.fasterxml.jackson.databind.JsonMappingException;
import dev.lockkeeper.contracts.pipeline.PipelineInput;
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
import java.util.List;
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
    return guarded(type == PipelineInput.class, () -> delegate.fromPayload(payload, type, generic));
  }

  @Override
  public Optional<Payloads> toPayloads(@Nullable Object... values) {
    return delegate.toPayloads(values);
  }

  @Override
  public <T> T fromPayloads(int index, Optional<Payloads> content, Class<T> type, Type generic) {
    return guarded(
        type == PipelineInput.class, () -> delegate.fromPayloads(index, content, type, generic));
  }

  @Override
  public Object[] fromPayloads(Optional<Payloads> content, Class<?>[] types, Type[] generics) {
    return guarded(
        List.of(types).contains(PipelineInput.class),
        () -> delegate.fromPayloads(content, types, generics));
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

  private static <T> T guarded(boolean input, Supplier<T> read) {
    try {
      return read.get();
    } catch (DataConverterException e) {
      throw Optional.ofNullable(cause(e, InvalidSpecificationException.class))
          .map(invalid -> String.valueOf(invalid.getMessage()))
          .or(() -> input ? unreadable(e) : Optional.empty())
          .<RuntimeException>map(why -> StageFailure.of(FailureType.SPECIFICATION_INVALID, why, e))
          .orElse(e);
    }
  }

  /**
   * JSON that is not a run's input will not be one later; what cannot be decrypted now may be then.
   */
  private static Optional<String> unreadable(DataConverterException failure) {
    return Optional.ofNullable(cause(failure, JsonMappingException.class))
        .map(json -> "the run's input cannot be read: " + place(json) + json.getOriginalMessage());
  }

  private static String place(JsonMappingException json) {
    StringBuilder place = new StringBuilder();
    for (JsonMappingException.Reference reference : json.getPath()) {
      String field = reference.getFieldName();
      place.append(field == null ? "[" + reference.getIndex() + "]" : "." + field);
    }
    return place.isEmpty() ? "" : place.substring(1) + ": ";
  }

  private static <E extends Throwable> @Nullable E cause(Throwable failure, Class<E> type) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return type.cast(cause);
      }
    }
    return null;
  }
}
