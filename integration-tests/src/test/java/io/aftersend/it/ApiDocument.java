package io.aftersend.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The OpenAPI document, by which answers are judged with somebody else's JSON Schema validator.
final class ApiDocument {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final JsonNode root;
  private final SchemaRegistry registry =
      SchemaRegistry.withDefaultDialect(
          SpecificationVersion.DRAFT_2020_12,
          builder ->
              builder.schemaRegistryConfig(
                  SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));
  private final Map<String, Schema> schemas = new HashMap<>();

  ApiDocument(String text) {
    this.root = json(text);
  }

  /// One operation.
  record Operation(String method, String path, JsonNode parameters, JsonNode node) {
    String id() {
      return node.path("operationId").asText();
    }

    boolean isOpen() {
      return node.path("security").isEmpty();
    }

    boolean gives(String mediaType) {
      return node.at("/responses/200/content").has(mediaType);
    }
  }

  /// A query parameter.
  record Parameter(String name, JsonNode schema) {}

  List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    root.path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        member -> {
                          if (!member.getKey().equals("parameters")) {
                            operations.add(
                                new Operation(
                                    member.getKey().toUpperCase(Locale.ROOT),
                                    path.getKey(),
                                    path.getValue().path("parameters"),
                                    member.getValue()));
                          }
                        }));
    return operations;
  }

  List<Parameter> parameters(Operation operation) {
    List<Parameter> parameters = new ArrayList<>();
    for (JsonNode each : operation.node().path("parameters")) {
      JsonNode parameter = resolved(each);
      parameters.add(new Parameter(parameter.path("name").asText(), parameter.path("schema")));
    }
    return parameters;
  }

  /// What is wrong with an answer to an operation; none where it is as described.
  List<String> problems(Operation operation, HttpResponse<String> answer) {
    String status = Integer.toString(answer.statusCode());
    JsonNode response = resolved(operation.node().path("responses").path(status));
    if (response.isMissingNode()) {
      return List.of("status " + status + " is not described");
    }
    List<String> problems = new ArrayList<>();
    response
        .path("headers")
        .properties()
        .forEach(
            header -> {
              if (answer.headers().firstValue(header.getKey()).isEmpty()) {
                problems.add("the header " + header.getKey() + " is missing");
              }
            });
    String type = answer.headers().firstValue("Content-Type").orElse("").replaceAll(";.*", "");
    JsonNode content = response.path("content");
    if (content.isEmpty()) {
      return answer.body().isEmpty() ? problems : List.of("a body is not described");
    }
    if (!content.has(type)) {
      problems.add("the media type " + type + " is not described");
    } else if (type.endsWith("json")) {
      schema(content.path(type).path("schema"))
          .validate(answer.body(), InputFormat.JSON)
          .forEach(error -> problems.add(error.toString()));
    }
    return problems;
  }

  /// References within the document hold where the schema has its components beside it.
  private Schema schema(JsonNode schema) {
    return schemas.computeIfAbsent(
        schema.toString(),
        text -> {
          ObjectNode whole = JsonNodeFactory.instance.objectNode();
          whole.put("$schema", "https://json-schema.org/draft/2020-12/schema");
          whole.set("allOf", JsonNodeFactory.instance.arrayNode().add(schema));
          whole.set("components", root.path("components"));
          return registry.getSchema(whole.toString(), InputFormat.JSON);
        });
  }

  private JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? root.at(node.path("$ref").asText().substring(1)) : node;
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(text, e);
    }
  }
}
