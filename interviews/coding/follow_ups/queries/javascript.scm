[(for_statement) (for_in_statement) (while_statement) (do_statement)] @loop
(call_expression
  function: (member_expression property: (property_identifier) @_each)
  arguments: (arguments [(arrow_function) (function_expression)]) @loop
  (#any-of? @_each "forEach" "map" "flatMap" "filter" "some" "every" "reduce" "find" "findIndex"))
(function_declaration name: (_) @name parameters: (_) @parameters) @function
(method_definition name: (_) @name parameters: (_) @parameters) @function
(variable_declarator name: (identifier) @name
  value: [(arrow_function parameters: (_) @parameters) (function_expression parameters: (_) @parameters)]) @function
(call_expression function: (identifier) @called)
(call_expression function: (member_expression property: (_) @called))
(call_expression
  function: (member_expression object: (identifier) @searched property: (property_identifier) @_search)
  (#any-of? @_search "indexOf" "includes" "find" "findIndex"))
(variable_declarator name: (identifier) @variable)
(number) @number
(catch_clause) @handler
(program (lexical_declaration "let" (variable_declarator name: (identifier) @shared)))
(program (variable_declaration (variable_declarator name: (identifier) @shared)))
