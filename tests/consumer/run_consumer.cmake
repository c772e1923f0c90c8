# Installs sobolev to a scratch prefix, then configures, builds and runs the
# project beside this file against it:
#   cmake -DSOBOLEV_BINARY_DIR=... -DSCRATCH_DIR=... -DBUILD_TYPE=...
#     -DGENERATOR=... -DDEAL_II_CONFIG_DIR=... -P run_consumer.cmake
function(run_step)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE _result)
  if(NOT _result EQUAL 0)
    string(REPLACE ";" " " _command "${ARGN}")
    message(FATAL_ERROR "failed (${_result}): ${_command}")
  endif()
endfunction()

file(REMOVE_RECURSE ${SCRATCH_DIR})
set(_prefix ${SCRATCH_DIR}/prefix)
set(_build ${SCRATCH_DIR}/build)

run_step(${CMAKE_COMMAND} --install ${SOBOLEV_BINARY_DIR} --prefix ${_prefix})
run_step(${CMAKE_COMMAND} -S ${CMAKE_CURRENT_LIST_DIR} -B ${_build}
  -G ${GENERATOR} -DCMAKE_BUILD_TYPE=${BUILD_TYPE}
  -Ddeal.II_DIR=${DEAL_II_CONFIG_DIR} -Dsobolev_ROOT=${_prefix}
  -DCMAKE_CXX_FLAGS=${CXX_FLAGS})
run_step(${CMAKE_COMMAND} --build ${_build})
run_step(${CMAKE_COMMAND} -E chdir ${_build} ./consumer)
file(REMOVE_RECURSE ${SCRATCH_DIR})
