/*
 * schema_meta.c - the published metaschemas of JSON Schema
 *
 * The documents stand here as JSON: the preprocessor turns the tokens between the parentheses into a string, and a
 * JSON text is a sequence of such tokens. They are the specification's, except where the library that Helm validates
 * with knows them otherwise: its draft-04 takes any string for an id and wants strings in $ref and format, and its
 * draft-06 lets examples be anything.
 */
#include "chart/schema_meta.h"

#define METASCHEMA(...) #__VA_ARGS__

/* clang-format off */

static const char draft_4[] = METASCHEMA(
{
    "id": "http://json-schema.org/draft-04/schema#", "$schema": "http://json-schema.org/draft-04/schema#",
    "description": "Core schema meta-schema",
    "definitions": {
        "schemaArray": {"type": "array", "minItems": 1, "items": {"$ref": "#"}},
        "positiveInteger": {"type": "integer", "minimum": 0},
        "positiveIntegerDefault0": {"allOf": [{"$ref": "#/definitions/positiveInteger"}, {"default": 0}]},
        "simpleTypes": {"enum": ["array", "boolean", "integer", "null", "number", "object", "string"]},
        "stringArray": {"type": "array", "items": {"type": "string"}, "minItems": 1, "uniqueItems": true}
    },
    "type": "object",
    "properties": {
        "id": {"type": "string"}, "$schema": {"type": "string", "format": "uri"}, "$ref": {"type": "string"},
        "title": {"type": "string"}, "description": {"type": "string"}, "default": {},
        "multipleOf": {"type": "number", "minimum": 0, "exclusiveMinimum": true}, "maximum": {"type": "number"},
        "exclusiveMaximum": {"type": "boolean", "default": false}, "minimum": {"type": "number"},
        "exclusiveMinimum": {"type": "boolean", "default": false},
        "maxLength": {"$ref": "#/definitions/positiveInteger"},
        "minLength": {"$ref": "#/definitions/positiveIntegerDefault0"},
        "pattern": {"type": "string", "format": "regex"},
        "additionalItems": {"anyOf": [{"type": "boolean"}, {"$ref": "#"}], "default": {}},
        "items": {"anyOf": [{"$ref": "#"}, {"$ref": "#/definitions/schemaArray"}], "default": {}},
        "maxItems": {"$ref": "#/definitions/positiveInteger"},
        "minItems": {"$ref": "#/definitions/positiveIntegerDefault0"},
        "uniqueItems": {"type": "boolean", "default": false},
        "maxProperties": {"$ref": "#/definitions/positiveInteger"},
        "minProperties": {"$ref": "#/definitions/positiveIntegerDefault0"},
        "required": {"$ref": "#/definitions/stringArray"},
        "additionalProperties": {"anyOf": [{"type": "boolean"}, {"$ref": "#"}], "default": {}},
        "definitions": {"type": "object", "additionalProperties": {"$ref": "#"}, "default": {}},
        "properties": {"type": "object", "additionalProperties": {"$ref": "#"}, "default": {}},
        "patternProperties": {"type": "object", "additionalProperties": {"$ref": "#"}, "default": {}},
        "dependencies": {
            "type": "object",
            "additionalProperties": {"anyOf": [{"$ref": "#"}, {"$ref": "#/definitions/stringArray"}]}
        },
        "enum": {"type": "array", "minItems": 1, "uniqueItems": true},
        "type": {
            "anyOf": [
                {"$ref": "#/definitions/simpleTypes"},
                {
                    "type": "array", "items": {"$ref": "#/definitions/simpleTypes"}, "minItems": 1,
                    "uniqueItems": true
                }
            ]
        },
        "allOf": {"$ref": "#/definitions/schemaArray"}, "anyOf": {"$ref": "#/definitions/schemaArray"},
        "oneOf": {"$ref": "#/definitions/schemaArray"}, "not": {"$ref": "#"}, "format": {"type": "string"}
    },
    "dependencies": {"exclusiveMaximum": ["maximum"], "exclusiveMinimum": ["minimum"]}, "default": {}
}
);

static const char draft_6[] = METASCHEMA(
{
    "$schema": "http://json-schema.org/draft-06/schema#", "$id": "http://json-schema.org/draft-06/schema#",
    "title": "Core schema meta-schema",
    "definitions": {
        "schemaArray": {"type": "array", "minItems": 1, "items": {"$ref": "#"}},
        "nonNegativeInteger": {"type": "integer", "minimum": 0},
        "nonNegativeIntegerDefault0": {"allOf": [{"$ref": "#/definitions/nonNegativeInteger"}, {"default": 0}]},
        "simpleTypes": {"enum": ["array", "boolean", "integer", "null", "number", "object", "string"]},
        "stringArray": {"type": "array", "items": {"type": "string"}, "uniqueItems": true, "default": []}
    },
    "type": ["object", "boolean"],
    "properties": {
        "$id": {"type": "string", "format": "uri-reference"}, "$schema": {"type": "string", "format": "uri"},
        "$ref": {"type": "string", "format": "uri-reference"}, "title": {"type": "string"},
        "description": {"type": "string"}, "default": {},
        "multipleOf": {"type": "number", "exclusiveMinimum": 0}, "maximum": {"type": "number"},
        "exclusiveMaximum": {"type": "number"}, "minimum": {"type": "number"},
        "exclusiveMinimum": {"type": "number"}, "maxLength": {"$ref": "#/definitions/nonNegativeInteger"},
        "minLength": {"$ref": "#/definitions/nonNegativeIntegerDefault0"},
        "pattern": {"type": "string", "format": "regex"}, "additionalItems": {"$ref": "#"},
        "items": {"anyOf": [{"$ref": "#"}, {"$ref": "#/definitions/schemaArray"}], "default": {}},
        "maxItems": {"$ref": "#/definitions/nonNegativeInteger"},
        "minItems": {"$ref": "#/definitions/nonNegativeIntegerDefault0"},
        "uniqueItems": {"type": "boolean", "default": false}, "contains": {"$ref": "#"},
        "maxProperties": {"$ref": "#/definitions/nonNegativeInteger"},
        "minProperties": {"$ref": "#/definitions/nonNegativeIntegerDefault0"},
        "required": {"$ref": "#/definitions/stringArray"}, "additionalProperties": {"$ref": "#"},
        "definitions": {"type": "object", "additionalProperties": {"$ref": "#"}, "default": {}},
        "properties": {"type": "object", "additionalProperties": {"$ref": "#"}, "default": {}},
        "patternProperties": {"type": "object", "additionalProperties": {"$ref": "#"}, "default": {}},
        "dependencies": {
            "type": "object",
            "additionalProperties": {"anyOf": [{"$ref": "#"}, {"$ref": "#/definitions/stringArray"}]}
        },
        "propertyNames": {"$ref": "#"}, "const": {},
        "enum": {"type": "array", "minItems": 1, "uniqueItems": true},
        "type": {
            "anyOf": [
                {"$ref": "#/definitions/simpleTypes"},
                {
                    "type": "array", "items": {"$ref": "#/definitions/simpleTypes"}, "minItems": 1,
                    "uniqueItems": true
                }
            ]
        },
        "format": {"type": "string"}, "allOf": {"$ref": "#/definitions/schemaArray"},
        "anyOf": {"$ref": "#/definitions/schemaArray"}, "oneOf": {"$ref": "#/definitions/schemaArray"},
        "not": {"$ref": "#"}
    },
    "default": {}
}
);

static const char draft_7[] = METASCHEMA(
{
    "$schema": "http://json-schema.org/draft-07/schema#", "$id": "http://json-schema.org/draft-07/schema#",
    "title": "Core schema meta-schema",
    "definitions": {
        "schemaArray": {"type": "array", "minItems": 1, "items": {"$ref": "#"}},
        "nonNegativeInteger": {"type": "integer", "minimum": 0},
        "nonNegativeIntegerDefault0": {"allOf": [{"$ref": "#/definitions/nonNegativeInteger"}, {"default": 0}]},
        "simpleTypes": {"enum": ["array", "boolean", "integer", "null", "number", "object", "string"]},
        "stringArray": {"type": "array", "items": {"type": "string"}, "uniqueItems": true, "default": []}
    },
    "type": ["object", "boolean"],
    "properties": {
        "$id": {"type": "string", "format": "uri-reference"}, "$schema": {"type": "string", "format": "uri"},
        "$ref": {"type": "string", "format": "uri-reference"}, "$comment": {"type": "string"},
        "title": {"type": "string"}, "description": {"type": "string"}, "default": true,
        "readOnly": {"type": "boolean", "default": false}, "writeOnly": {"type": "boolean", "default": false},
        "examples": {"type": "array", "items": true}, "multipleOf": {"type": "number", "exclusiveMinimum": 0},
        "maximum": {"type": "number"}, "exclusiveMaximum": {"type": "number"}, "minimum": {"type": "number"},
        "exclusiveMinimum": {"type": "number"}, "maxLength": {"$ref": "#/definitions/nonNegativeInteger"},
        "minLength": {"$ref": "#/definitions/nonNegativeIntegerDefault0"},
        "pattern": {"type": "string", "format": "regex"}, "additionalItems": {"$ref": "#"},
        "items": {"anyOf": [{"$ref": "#"}, {"$ref": "#/definitions/schemaArray"}], "default": true},
        "maxItems": {"$ref": "#/definitions/nonNegativeInteger"},
        "minItems": {"$ref": "#/definitions/nonNegativeIntegerDefault0"},
        "uniqueItems": {"type": "boolean", "default": false}, "contains": {"$ref": "#"},
        "maxProperties": {"$ref": "#/definitions/nonNegativeInteger"},
        "minProperties": {"$ref": "#/definitions/nonNegativeIntegerDefault0"},
        "required": {"$ref": "#/definitions/stringArray"}, "additionalProperties": {"$ref": "#"},
        "definitions": {"type": "object", "additionalProperties": {"$ref": "#"}, "default": {}},
        "properties": {"type": "object", "additionalProperties": {"$ref": "#"}, "default": {}},
        "patternProperties": {
            "type": "object", "additionalProperties": {"$ref": "#"}, "propertyNames": {"format": "regex"},
            "default": {}
        },
        "dependencies": {
            "type": "object",
            "additionalProperties": {"anyOf": [{"$ref": "#"}, {"$ref": "#/definitions/stringArray"}]}
        },
        "propertyNames": {"$ref": "#"}, "const": true,
        "enum": {"type": "array", "items": true, "minItems": 1, "uniqueItems": true},
        "type": {
            "anyOf": [
                {"$ref": "#/definitions/simpleTypes"},
                {
                    "type": "array", "items": {"$ref": "#/definitions/simpleTypes"}, "minItems": 1,
                    "uniqueItems": true
                }
            ]
        },
        "format": {"type": "string"}, "contentMediaType": {"type": "string"},
        "contentEncoding": {"type": "string"}, "if": {"$ref": "#"}, "then": {"$ref": "#"},
        "else": {"$ref": "#"}, "allOf": {"$ref": "#/definitions/schemaArray"},
        "anyOf": {"$ref": "#/definitions/schemaArray"}, "oneOf": {"$ref": "#/definitions/schemaArray"},
        "not": {"$ref": "#"}
    },
    "default": true
}
);

static const char draft_2019[] = METASCHEMA(
{
    "$schema": "https://json-schema.org/draft/2019-09/schema",
    "$id": "https://json-schema.org/draft/2019-09/schema",
    "$vocabulary": {
        "https://json-schema.org/draft/2019-09/vocab/core": true,
        "https://json-schema.org/draft/2019-09/vocab/applicator": true,
        "https://json-schema.org/draft/2019-09/vocab/validation": true,
        "https://json-schema.org/draft/2019-09/vocab/meta-data": true,
        "https://json-schema.org/draft/2019-09/vocab/format": false,
        "https://json-schema.org/draft/2019-09/vocab/content": true
    },
    "$recursiveAnchor": true, "title": "Core and Validation specifications meta-schema",
    "allOf": [
        {"$ref": "meta/core"}, {"$ref": "meta/applicator"}, {"$ref": "meta/validation"},
        {"$ref": "meta/meta-data"}, {"$ref": "meta/format"}, {"$ref": "meta/content"}
    ],
    "type": ["object", "boolean"],
    "properties": {
        "definitions": {
            "$comment": "While no longer an official keyword as it is replaced by $defs, this keyword is retained in the meta-schema to prevent incompatible extensions as it remains in common use.",
            "type": "object", "additionalProperties": {"$recursiveRef": "#"}, "default": {}
        },
        "dependencies": {
            "$comment": "\"dependencies\" is no longer a keyword, but schema authors should avoid redefining it to facilitate a smooth transition to \"dependentSchemas\" and \"dependentRequired\"",
            "type": "object",
            "additionalProperties": {
                "anyOf": [{"$recursiveRef": "#"}, {"$ref": "meta/validation#/$defs/stringArray"}]
            }
        }
    }
}
);

static const char draft_2019_core[] = METASCHEMA(
{
    "$schema": "https://json-schema.org/draft/2019-09/schema",
    "$id": "https://json-schema.org/draft/2019-09/meta/core",
    "$vocabulary": {"https://json-schema.org/draft/2019-09/vocab/core": true}, "$recursiveAnchor": true,
    "title": "Core vocabulary meta-schema", "type": ["object", "boolean"],
    "properties": {
        "$id": {
            "type": "string", "format": "uri-reference", "$comment": "Non-empty fragments not allowed.",
            "pattern": "^[^#]*#?$"
        },
        "$schema": {"type": "string", "format": "uri"},
        "$anchor": {"type": "string", "pattern": "^[A-Za-z][-A-Za-z0-9.:_]*$"},
        "$ref": {"type": "string", "format": "uri-reference"},
        "$recursiveRef": {"type": "string", "format": "uri-reference"},
        "$recursiveAnchor": {"type": "boolean", "default": false},
        "$vocabulary": {
            "type": "object", "propertyNames": {"type": "string", "format": "uri"},
            "additionalProperties": {"type": "boolean"}
        },
        "$comment": {"type": "string"},
        "$defs": {"type": "object", "additionalProperties": {"$recursiveRef": "#"}, "default": {}}
    }
}
);

static const char draft_2019_applicator[] = METASCHEMA(
{
    "$schema": "https://json-schema.org/draft/2019-09/schema",
    "$id": "https://json-schema.org/draft/2019-09/meta/applicator",
    "$vocabulary": {"https://json-schema.org/draft/2019-09/vocab/applicator": true}, "$recursiveAnchor": true,
    "title": "Applicator vocabulary meta-schema", "type": ["object", "boolean"],
    "properties": {
        "additionalItems": {"$recursiveRef": "#"}, "unevaluatedItems": {"$recursiveRef": "#"},
        "items": {"anyOf": [{"$recursiveRef": "#"}, {"$ref": "#/$defs/schemaArray"}]},
        "contains": {"$recursiveRef": "#"}, "additionalProperties": {"$recursiveRef": "#"},
        "unevaluatedProperties": {"$recursiveRef": "#"},
        "properties": {"type": "object", "additionalProperties": {"$recursiveRef": "#"}, "default": {}},
        "patternProperties": {
            "type": "object", "additionalProperties": {"$recursiveRef": "#"},
            "propertyNames": {"format": "regex"}, "default": {}
        },
        "dependentSchemas": {"type": "object", "additionalProperties": {"$recursiveRef": "#"}},
        "propertyNames": {"$recursiveRef": "#"}, "if": {"$recursiveRef": "#"}, "then": {"$recursiveRef": "#"},
        "else": {"$recursiveRef": "#"}, "allOf": {"$ref": "#/$defs/schemaArray"},
        "anyOf": {"$ref": "#/$defs/schemaArray"}, "oneOf": {"$ref": "#/$defs/schemaArray"},
        "not": {"$recursiveRef": "#"}
    },
    "$defs": {"schemaArray": {"type": "array", "minItems": 1, "items": {"$recursiveRef": "#"}}}
}
);

static const char draft_2019_validation[] = METASCHEMA(
{
    "$schema": "https://json-schema.org/draft/2019-09/schema",
    "$id": "https://json-schema.org/draft/2019-09/meta/validation",
    "$vocabulary": {"https://json-schema.org/draft/2019-09/vocab/validation": true}, "$recursiveAnchor": true,
    "title": "Validation vocabulary meta-schema", "type": ["object", "boolean"],
    "properties": {
        "multipleOf": {"type": "number", "exclusiveMinimum": 0}, "maximum": {"type": "number"},
        "exclusiveMaximum": {"type": "number"}, "minimum": {"type": "number"},
        "exclusiveMinimum": {"type": "number"}, "maxLength": {"$ref": "#/$defs/nonNegativeInteger"},
        "minLength": {"$ref": "#/$defs/nonNegativeIntegerDefault0"},
        "pattern": {"type": "string", "format": "regex"}, "maxItems": {"$ref": "#/$defs/nonNegativeInteger"},
        "minItems": {"$ref": "#/$defs/nonNegativeIntegerDefault0"},
        "uniqueItems": {"type": "boolean", "default": false},
        "maxContains": {"$ref": "#/$defs/nonNegativeInteger"},
        "minContains": {"$ref": "#/$defs/nonNegativeInteger", "default": 1},
        "maxProperties": {"$ref": "#/$defs/nonNegativeInteger"},
        "minProperties": {"$ref": "#/$defs/nonNegativeIntegerDefault0"},
        "required": {"$ref": "#/$defs/stringArray"},
        "dependentRequired": {"type": "object", "additionalProperties": {"$ref": "#/$defs/stringArray"}},
        "const": true, "enum": {"type": "array", "items": true},
        "type": {
            "anyOf": [
                {"$ref": "#/$defs/simpleTypes"},
                {"type": "array", "items": {"$ref": "#/$defs/simpleTypes"}, "minItems": 1, "uniqueItems": true}
            ]
        }
    },
    "$defs": {
        "nonNegativeInteger": {"type": "integer", "minimum": 0},
        "nonNegativeIntegerDefault0": {"$ref": "#/$defs/nonNegativeInteger", "default": 0},
        "simpleTypes": {"enum": ["array", "boolean", "integer", "null", "number", "object", "string"]},
        "stringArray": {"type": "array", "items": {"type": "string"}, "uniqueItems": true, "default": []}
    }
}
);

static const char draft_2019_meta_data[] = METASCHEMA(
{
    "$schema": "https://json-schema.org/draft/2019-09/schema",
    "$id": "https://json-schema.org/draft/2019-09/meta/meta-data",
    "$vocabulary": {"https://json-schema.org/draft/2019-09/vocab/meta-data": true}, "$recursiveAnchor": true,
    "title": "Meta-data vocabulary meta-schema", "type": ["object", "boolean"],
    "properties": {
        "title": {"type": "string"}, "description": {"type": "string"}, "default": true,
        "deprecated": {"type": "boolean", "default": false}, "readOnly": {"type": "boolean", "default": false},
        "writeOnly": {"type": "boolean", "default": false}, "examples": {"type": "array", "items": true}
    }
}
);

static const char draft_2019_format[] = METASCHEMA(
{
    "$schema": "https://json-schema.org/draft/2019-09/schema",
    "$id": "https://json-schema.org/draft/2019-09/meta/format",
    "$vocabulary": {"https://json-schema.org/draft/2019-09/vocab/format": true}, "$recursiveAnchor": true,
    "title": "Format vocabulary meta-schema", "type": ["object", "boolean"],
    "properties": {"format": {"type": "string"}}
}
);

static const char draft_2019_content[] = METASCHEMA(
{
    "$schema": "https://json-schema.org/draft/2019-09/schema",
    "$id": "https://json-schema.org/draft/2019-09/meta/content",
    "$vocabulary": {"https://json-schema.org/draft/2019-09/vocab/content": true}, "$recursiveAnchor": true,
    "title": "Content vocabulary meta-schema", "type": ["object", "boolean"],
    "properties": {
        "contentMediaType": {"type": "string"}, "contentEncoding": {"type": "string"},
        "contentSchema": {"$recursiveRef": "#"}
    }
}
);

static const char draft_2020[] = METASCHEMA(
{
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": "https://json-schema.org/draft/2020-12/schema",
    "$vocabulary": {
        "https://json-schema.org/draft/2020-12/vocab/core": true,
        "https://json-schema.org/draft/2020-12/vocab/applicator": true,
        "https://json-schema.org/draft/2020-12/vocab/unevaluated": true,
        "https://json-schema.org/draft/2020-12/vocab/validation": true,
        "https://json-schema.org/draft/2020-12/vocab/meta-data": true,
        "https://json-schema.org/draft/2020-12/vocab/format-annotation": true,
        "https://json-schema.org/draft/2020-12/vocab/content": true
    },
    "$dynamicAnchor": "meta", "title": "Core and Validation specifications meta-schema",
    "allOf": [
        {"$ref": "meta/core"}, {"$ref": "meta/applicator"}, {"$ref": "meta/unevaluated"},
        {"$ref": "meta/validation"}, {"$ref": "meta/meta-data"}, {"$ref": "meta/format-annotation"},
        {"$ref": "meta/content"}
    ],
    "type": ["object", "boolean"],
    "$comment": "This meta-schema also defines keywords that have appeared in previous drafts in order to prevent incompatible extensions as they remain in common use.",
    "properties": {
        "definitions": {
            "$comment": "\"definitions\" has been replaced by \"$defs\".", "type": "object",
            "additionalProperties": {"$dynamicRef": "#meta"}, "deprecated": true, "default": {}
        },
        "dependencies": {
            "$comment": "\"dependencies\" has been split and replaced by \"dependentSchemas\" and \"dependentRequired\" in order to serve their differing semantics.",
            "type": "object",
            "additionalProperties": {
                "anyOf": [{"$dynamicRef": "#meta"}, {"$ref": "meta/validation#/$defs/stringArray"}]
            },
            "deprecated": true, "default": {}
        },
        "$recursiveAnchor": {
            "$comment": "\"$recursiveAnchor\" has been replaced by \"$dynamicAnchor\".",
            "$ref": "meta/core#/$defs/anchorString", "deprecated": true
        },
        "$recursiveRef": {
            "$comment": "\"$recursiveRef\" has been replaced by \"$dynamicRef\".",
            "$ref": "meta/core#/$defs/uriReferenceString", "deprecated": true
        }
    }
}
);

static const char draft_2020_core[] = METASCHEMA(
{
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": "https://json-schema.org/draft/2020-12/meta/core",
    "$vocabulary": {"https://json-schema.org/draft/2020-12/vocab/core": true}, "$dynamicAnchor": "meta",
    "title": "Core vocabulary meta-schema", "type": ["object", "boolean"],
    "properties": {
        "$id": {
            "$ref": "#/$defs/uriReferenceString", "$comment": "Non-empty fragments not allowed.",
            "pattern": "^[^#]*#?$"
        },
        "$schema": {"$ref": "#/$defs/uriString"}, "$ref": {"$ref": "#/$defs/uriReferenceString"},
        "$anchor": {"$ref": "#/$defs/anchorString"}, "$dynamicRef": {"$ref": "#/$defs/uriReferenceString"},
        "$dynamicAnchor": {"$ref": "#/$defs/anchorString"},
        "$vocabulary": {
            "type": "object", "propertyNames": {"$ref": "#/$defs/uriString"},
            "additionalProperties": {"type": "boolean"}
        },
        "$comment": {"type": "string"},
        "$defs": {"type": "object", "additionalProperties": {"$dynamicRef": "#meta"}}
    },
    "$defs": {
        "anchorString": {"type": "string", "pattern": "^[A-Za-z_][-A-Za-z0-9._]*$"},
        "uriString": {"type": "string", "format": "uri"},
        "uriReferenceString": {"type": "string", "format": "uri-reference"}
    }
}
);

static const char draft_2020_applicator[] = METASCHEMA(
{
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": "https://json-schema.org/draft/2020-12/meta/applicator",
    "$vocabulary": {"https://json-schema.org/draft/2020-12/vocab/applicator": true}, "$dynamicAnchor": "meta",
    "title": "Applicator vocabulary meta-schema", "type": ["object", "boolean"],
    "properties": {
        "prefixItems": {"$ref": "#/$defs/schemaArray"}, "items": {"$dynamicRef": "#meta"},
        "contains": {"$dynamicRef": "#meta"}, "additionalProperties": {"$dynamicRef": "#meta"},
        "properties": {"type": "object", "additionalProperties": {"$dynamicRef": "#meta"}, "default": {}},
        "patternProperties": {
            "type": "object", "additionalProperties": {"$dynamicRef": "#meta"},
            "propertyNames": {"format": "regex"}, "default": {}
        },
        "dependentSchemas": {"type": "object", "additionalProperties": {"$dynamicRef": "#meta"}, "default": {}},
        "propertyNames": {"$dynamicRef": "#meta"}, "if": {"$dynamicRef": "#meta"},
        "then": {"$dynamicRef": "#meta"}, "else": {"$dynamicRef": "#meta"},
        "allOf": {"$ref": "#/$defs/schemaArray"}, "anyOf": {"$ref": "#/$defs/schemaArray"},
        "oneOf": {"$ref": "#/$defs/schemaArray"}, "not": {"$dynamicRef": "#meta"}
    },
    "$defs": {"schemaArray": {"type": "array", "minItems": 1, "items": {"$dynamicRef": "#meta"}}}
}
);

static const char draft_2020_unevaluated[] = METASCHEMA(
{
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": "https://json-schema.org/draft/2020-12/meta/unevaluated",
    "$vocabulary": {"https://json-schema.org/draft/2020-12/vocab/unevaluated": true}, "$dynamicAnchor": "meta",
    "title": "Unevaluated applicator vocabulary meta-schema", "type": ["object", "boolean"],
    "properties": {
        "unevaluatedItems": {"$dynamicRef": "#meta"}, "unevaluatedProperties": {"$dynamicRef": "#meta"}
    }
}
);

static const char draft_2020_validation[] = METASCHEMA(
{
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": "https://json-schema.org/draft/2020-12/meta/validation",
    "$vocabulary": {"https://json-schema.org/draft/2020-12/vocab/validation": true}, "$dynamicAnchor": "meta",
    "title": "Validation vocabulary meta-schema", "type": ["object", "boolean"],
    "properties": {
        "type": {
            "anyOf": [
                {"$ref": "#/$defs/simpleTypes"},
                {"type": "array", "items": {"$ref": "#/$defs/simpleTypes"}, "minItems": 1, "uniqueItems": true}
            ]
        },
        "const": true, "enum": {"type": "array", "items": true},
        "multipleOf": {"type": "number", "exclusiveMinimum": 0}, "maximum": {"type": "number"},
        "exclusiveMaximum": {"type": "number"}, "minimum": {"type": "number"},
        "exclusiveMinimum": {"type": "number"}, "maxLength": {"$ref": "#/$defs/nonNegativeInteger"},
        "minLength": {"$ref": "#/$defs/nonNegativeIntegerDefault0"},
        "pattern": {"type": "string", "format": "regex"}, "maxItems": {"$ref": "#/$defs/nonNegativeInteger"},
        "minItems": {"$ref": "#/$defs/nonNegativeIntegerDefault0"},
        "uniqueItems": {"type": "boolean", "default": false},
        "maxContains": {"$ref": "#/$defs/nonNegativeInteger"},
        "minContains": {"$ref": "#/$defs/nonNegativeInteger", "default": 1},
        "maxProperties": {"$ref": "#/$defs/nonNegativeInteger"},
        "minProperties": {"$ref": "#/$defs/nonNegativeIntegerDefault0"},
        "required": {"$ref": "#/$defs/stringArray"},
        "dependentRequired": {"type": "object", "additionalProperties": {"$ref": "#/$defs/stringArray"}}
    },
    "$defs": {
        "nonNegativeInteger": {"type": "integer", "minimum": 0},
        "nonNegativeIntegerDefault0": {"$ref": "#/$defs/nonNegativeInteger", "default": 0},
        "simpleTypes": {"enum": ["array", "boolean", "integer", "null", "number", "object", "string"]},
        "stringArray": {"type": "array", "items": {"type": "string"}, "uniqueItems": true, "default": []}
    }
}
);

static const char draft_2020_meta_data[] = METASCHEMA(
{
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": "https://json-schema.org/draft/2020-12/meta/meta-data",
    "$vocabulary": {"https://json-schema.org/draft/2020-12/vocab/meta-data": true}, "$dynamicAnchor": "meta",
    "title": "Meta-data vocabulary meta-schema", "type": ["object", "boolean"],
    "properties": {
        "title": {"type": "string"}, "description": {"type": "string"}, "default": true,
        "deprecated": {"type": "boolean", "default": false}, "readOnly": {"type": "boolean", "default": false},
        "writeOnly": {"type": "boolean", "default": false}, "examples": {"type": "array", "items": true}
    }
}
);

static const char draft_2020_format_annotation[] = METASCHEMA(
{
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": "https://json-schema.org/draft/2020-12/meta/format-annotation",
    "$vocabulary": {"https://json-schema.org/draft/2020-12/vocab/format-annotation": true},
    "$dynamicAnchor": "meta", "title": "Format vocabulary meta-schema for annotation results",
    "type": ["object", "boolean"], "properties": {"format": {"type": "string"}}
}
);

static const char draft_2020_format_assertion[] = METASCHEMA(
{
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": "https://json-schema.org/draft/2020-12/meta/format-assertion",
    "$vocabulary": {"https://json-schema.org/draft/2020-12/vocab/format-assertion": true},
    "$dynamicAnchor": "meta", "title": "Format vocabulary meta-schema for assertion results",
    "type": ["object", "boolean"], "properties": {"format": {"type": "string"}}
}
);

static const char draft_2020_content[] = METASCHEMA(
{
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": "https://json-schema.org/draft/2020-12/meta/content",
    "$vocabulary": {"https://json-schema.org/draft/2020-12/vocab/content": true}, "$dynamicAnchor": "meta",
    "title": "Content vocabulary meta-schema", "type": ["object", "boolean"],
    "properties": {
        "contentEncoding": {"type": "string"}, "contentMediaType": {"type": "string"},
        "contentSchema": {"$dynamicRef": "#meta"}
    }
}
);

/* clang-format on */

static const struct {
    struct slice path; /* below json-schema.org/ */
    const char *text;
} documents[] = {
    {SLICE_INIT("draft-04/schema"), draft_4},
    {SLICE_INIT("draft-06/schema"), draft_6},
    {SLICE_INIT("draft-07/schema"), draft_7},
    {SLICE_INIT("draft/2019-09/schema"), draft_2019},
    {SLICE_INIT("draft/2019-09/meta/core"), draft_2019_core},
    {SLICE_INIT("draft/2019-09/meta/applicator"), draft_2019_applicator},
    {SLICE_INIT("draft/2019-09/meta/validation"), draft_2019_validation},
    {SLICE_INIT("draft/2019-09/meta/meta-data"), draft_2019_meta_data},
    {SLICE_INIT("draft/2019-09/meta/format"), draft_2019_format},
    {SLICE_INIT("draft/2019-09/meta/content"), draft_2019_content},
    {SLICE_INIT("draft/2020-12/schema"), draft_2020},
    {SLICE_INIT("draft/2020-12/meta/core"), draft_2020_core},
    {SLICE_INIT("draft/2020-12/meta/applicator"), draft_2020_applicator},
    {SLICE_INIT("draft/2020-12/meta/unevaluated"), draft_2020_unevaluated},
    {SLICE_INIT("draft/2020-12/meta/validation"), draft_2020_validation},
    {SLICE_INIT("draft/2020-12/meta/meta-data"), draft_2020_meta_data},
    {SLICE_INIT("draft/2020-12/meta/format-annotation"), draft_2020_format_annotation},
    {SLICE_INIT("draft/2020-12/meta/format-assertion"), draft_2020_format_assertion},
    {SLICE_INIT("draft/2020-12/meta/content"), draft_2020_content},
};

static const struct {
    enum schema_draft draft;
    struct slice url;
} drafts[] = {
    {DRAFT_4, SLICE_INIT("http://json-schema.org/draft-04/schema")},
    {DRAFT_6, SLICE_INIT("http://json-schema.org/draft-06/schema")},
    {DRAFT_7, SLICE_INIT("http://json-schema.org/draft-07/schema")},
    {DRAFT_2019, SLICE_INIT("https://json-schema.org/draft/2019-09/schema")},
    {DRAFT_2020, SLICE_INIT("https://json-schema.org/draft/2020-12/schema")},
};

#define META_2019 "https://json-schema.org/draft/2019-09/meta/"
#define META_2020 "https://json-schema.org/draft/2020-12/meta/"

/* By the number of the vocabulary's bit. */
static const struct {
    struct slice name;
    struct slice url_2019;
    struct slice url_2020;
} vocabularies[] = {
    {SLICE_INIT("core"), SLICE_INIT(META_2019 "core"), SLICE_INIT(META_2020 "core")},
    {SLICE_INIT("applicator"), SLICE_INIT(META_2019 "applicator"), SLICE_INIT(META_2020 "applicator")},
    {SLICE_INIT("unevaluated"), SLICE_INIT(""), SLICE_INIT(META_2020 "unevaluated")},
    {SLICE_INIT("validation"), SLICE_INIT(META_2019 "validation"), SLICE_INIT(META_2020 "validation")},
    {SLICE_INIT("meta-data"), SLICE_INIT(META_2019 "meta-data"), SLICE_INIT(META_2020 "meta-data")},
    {SLICE_INIT("format"), SLICE_INIT(META_2019 "format"), SLICE_INIT("")},
    {SLICE_INIT("format-annotation"), SLICE_INIT(""), SLICE_INIT(META_2020 "format-annotation")},
    {SLICE_INIT("format-assertion"), SLICE_INIT(""), SLICE_INIT(META_2020 "format-assertion")},
    {SLICE_INIT("content"), SLICE_INIT(META_2019 "content"), SLICE_INIT(META_2020 "content")},
};

_Static_assert(sizeof(vocabularies) / sizeof(vocabularies[0]) == VOCABULARIES, "a row for each vocabulary");

/* Takes the prefix from the front of *s where it stands there. */
static bool cut_prefix(struct slice *s, const char *prefix)
{
    if (!slice_starts(*s, slice_text(prefix)))
        return false;
    *s = slice_after(*s, strlen(prefix));
    return true;
}

bool schema_meta_text(struct slice url, struct slice *text)
{
    if (!cut_prefix(&url, "http://json-schema.org/") && !cut_prefix(&url, "https://json-schema.org/"))
        return false;
    if (slice_is(url, "schema"))
        url = SLICE("draft/2020-12/schema");
    for (size_t i = 0; i < sizeof(documents) / sizeof(documents[0]); i++) {
        if (slice_equal(documents[i].path, url)) {
            *text = slice_text(documents[i].text);
            return true;
        }
    }
    return false;
}

bool schema_meta_draft(struct slice url, enum schema_draft *draft)
{
    size_t hash = slice_find_char(url, '#');
    if (hash + 1 < url.len)
        return false;
    url = slice_part(url, 0, hash);
    if (!cut_prefix(&url, "http://"))
        cut_prefix(&url, "https://");
    if (slice_is(url, "json-schema.org/schema")) {
        *draft = DRAFT_2020;
        return true;
    }
    for (size_t i = 0; i < sizeof(drafts) / sizeof(drafts[0]); i++) {
        struct slice known = drafts[i].url;
        if (cut_prefix(&known, "http://") || cut_prefix(&known, "https://")) {
            if (slice_equal(known, url)) {
                *draft = drafts[i].draft;
                return true;
            }
        }
    }
    return false;
}

struct slice schema_meta_url(enum schema_draft draft)
{
    size_t i = 0;
    while (drafts[i].draft != draft)
        i++;
    return drafts[i].url;
}

static size_t bit_number(unsigned bit)
{
    size_t n = 0;
    while (bit >>= 1)
        n++;
    return n;
}

struct slice schema_meta_vocabulary_url(enum schema_draft draft, unsigned vocabulary)
{
    size_t row = bit_number(vocabulary);
    return draft == DRAFT_2019 ? vocabularies[row].url_2019 : vocabularies[row].url_2020;
}

unsigned schema_meta_vocabulary(enum schema_draft draft, struct slice url)
{
    const char *prefix = draft == DRAFT_2019 ? "https://json-schema.org/draft/2019-09/vocab/"
                                             : "https://json-schema.org/draft/2020-12/vocab/";
    if (!cut_prefix(&url, prefix))
        return 0;
    for (size_t i = 0; i < VOCABULARIES; i++) {
        unsigned bit = 1U << i;
        if (slice_equal(vocabularies[i].name, url) && schema_meta_vocabulary_url(draft, bit).len)
            return bit;
    }
    return 0;
}
