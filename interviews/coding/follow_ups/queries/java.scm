[(for_statement) (enhanced_for_statement) (while_statement) (do_statement)] @loop
(method_declaration name: (_) @name parameters: (_) @parameters) @function
(constructor_declaration name: (_) @name parameters: (_) @parameters) @function
(method_invocation name: (_) @called)
(method_invocation object: (identifier) @searched name: (_) @_search (#any-of? @_search "contains" "indexOf"))
(local_variable_declaration declarator: (variable_declarator name: (_) @variable))
[(decimal_integer_literal) (decimal_floating_point_literal)] @number
(catch_clause) @handler
(field_declaration (modifiers) @_modifiers declarator: (variable_declarator name: (_) @shared)
  (#match? @_modifiers "static") (#not-match? @_modifiers "final"))
